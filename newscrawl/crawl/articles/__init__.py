"""From the response for an article to the article: reading, escalation, pagination, evidence of its source, revisions."""
