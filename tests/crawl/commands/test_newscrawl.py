"""The command `scrapy newscrawl`: upkeep of a memory, and what a wrong call says."""

from __future__ import annotations

from newscrawl.memory import Batch, State, open_memory
from tests.support import warm


def test_the_commands_for_the_memory(tmp_path):
    path = tmp_path / "m.sqlite"
    with open_memory(str(path)) as memory:
        memory.commit(
            Batch(
                now=7200,
                known=[(1, "a.example", State.RECORDED, None)],
                versions=[(1, 1, 7200, {"url": "u"})],
                counts=[("a.example", 1, 0)],
            )
        )

    def command(*words):
        done = warm.run(["-m", "scrapy", "newscrawl", *words, "-s", f"NEWSCRAWL_MEMORY={path}"])
        return done.returncode, done.stdout + done.stderr

    assert "a.example: 1 record" in command("memory", "show")[1]
    assert command("memory", "check") == (0, "intact\n")
    assert command("memory", "export", str(tmp_path / "v.jsonl"))[0] == 0
    assert '"url": "u"' in (tmp_path / "v.jsonl").read_text()
    assert command("memory", "forget", "https://nobody.example")[0] == 1
    assert command("memory", "prune", "--older", "soon")[0] == 2
    assert "forgotten" in command("memory", "prune", "--older", "1y")[1]
    assert "forgotten" in command("memory", "forget", "https://a.example")[1]
    path.write_bytes(b"x" * 5000)
    code, text = command("memory", "check")
    assert code == 8 and "damaged" in text
