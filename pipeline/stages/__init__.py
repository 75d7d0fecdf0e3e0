"""The five stages, each a pure function over the data of pipeline.model; none imports another."""
