"""The project's commands; found by Scrapy through `COMMANDS_MODULE`."""
