"""Many documents in; an edition of each, what came of them, and a page that sums it up, out."""

from pipeline.service.batch.items import BatchItem, list_items
from pipeline.service.batch.ledger import DocumentRecord
from pipeline.service.batch.run import Batch, BatchOrder, Doing, batch_name, open_batch
from pipeline.service.batch.summary import Totals, record_json

__all__ = [
    "Batch",
    "BatchItem",
    "BatchOrder",
    "DocumentRecord",
    "Doing",
    "Totals",
    "batch_name",
    "list_items",
    "open_batch",
    "record_json",
]
