"""A translation model that copies, made in a moment: 1 layer, 1 head, for CTranslate2, with a SentencePiece model.

Its weights are set by hand. An embedding says which token it is (first block), a position which place (last block);
each place of the target looks at the same place of the source and takes its token over (middle block). So it answers
with what it was asked, and a test sees whether every text came to its place through the very path of a real model.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

LETTERS = (
    "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 .,!?:;-[]/()<> "
    "абвгдежзийклмнопрстуфхцчшщъыьэюя АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
)
PLACES = 160


def build(folder: Path, tokens: Sequence[str] = (), pieces: Sequence[str] = ("sentencepiece.bpe.model",)) -> Path:
    """Write a model with these language tokens, and its SentencePiece model by these names; return the folder."""
    import sentencepiece
    from ctranslate2.specs import TransformerSpec

    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([LETTERS] * 5), model_writer=trained, model_type="char", vocab_size=200,
        hard_vocab_limit=False, character_coverage=1.0, minloglevel=2,
    )  # fmt: skip
    reader = sentencepiece.SentencePieceProcessor(model_proto=trained.getvalue())
    words = [reader.id_to_piece(number) for number in range(reader.get_piece_size())] + list(tokens)
    spec = TransformerSpec.from_config((1, 1), num_heads=1)
    spec.register_source_vocabulary(words)
    spec.register_target_vocabulary(words)
    spec.config.decoder_start_token = "</s>"
    _fill(spec, len(words))
    spec.validate()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    for name in pieces:
        (folder / name).write_bytes(trained.getvalue())
    return folder


def _fill(spec: object, words: int) -> None:
    import numpy as np

    width = 2 * words + PLACES
    token, copied, place = slice(0, words), slice(words, 2 * words), slice(2 * words, width)

    def block(rows: slice, columns: slice, factor: float) -> object:
        matrix = np.zeros((width, width), dtype=np.float32)
        matrix[rows, columns] = factor * np.eye(rows.stop - rows.start, dtype=np.float32)
        return matrix

    nothing = np.zeros((width, width), dtype=np.float32)
    embeddings = np.zeros((words, width), dtype=np.float32)
    embeddings[:, token] = np.eye(words)
    places = np.zeros((PLACES, width), dtype=np.float32)
    places[:, place] = np.eye(PLACES)
    encoder, decoder = spec.encoder, spec.decoder
    encoder.embeddings[0].weight = embeddings
    decoder.embeddings.weight = embeddings
    for part in (encoder, decoder):
        part.scale_embeddings = False
        part.position_encodings.encodings = places
        _norm(part.layer_norm, width)
        own = part.layer[0].self_attention
        _norm(own.layer_norm, width)
        _linear(own.linear[0], np.concatenate([nothing] * 3))
        _linear(own.linear[1], nothing)
        feed = part.layer[0].ffn
        _norm(feed.layer_norm, width)
        _linear(feed.linear_0, nothing[:4])
        _linear(feed.linear_1, nothing[:, :4])
    across = decoder.layer[0].attention
    _norm(across.layer_norm, width)
    _linear(across.linear[0], block(place, place, 6.0))
    _linear(across.linear[1], np.concatenate([block(place, place, 6.0), block(copied, token, 1.0)]))
    _linear(across.linear[2], block(copied, copied, 1.0))
    projection = np.zeros((words, width), dtype=np.float32)
    projection[:, copied] = 20 * np.eye(words)
    _linear(decoder.projection, projection)


def _linear(layer: object, weight: object) -> None:
    import numpy as np

    layer.weight = np.ascontiguousarray(weight, dtype=np.float32)
    layer.bias = np.zeros(layer.weight.shape[0], dtype=np.float32)


def _norm(layer: object, width: int) -> None:
    import numpy as np

    layer.gamma = np.ones(width, dtype=np.float32)
    layer.beta = np.zeros(width, dtype=np.float32)
