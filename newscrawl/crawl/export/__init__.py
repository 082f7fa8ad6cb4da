"""Feed exports: records in each format, outputs that lose and double nothing, outputs for one purpose."""
