"""From the response to the article: reading, escalation, pagination, evidence of its source, revisions."""
