"""The run as a job: what is told of it (ledger, audit, manifest, metrics, progress), and how it ends."""
