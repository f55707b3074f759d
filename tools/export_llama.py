#!/usr/bin/env python3
"""Exports a Llama-architecture checkpoint (Hugging Face folder or GGUF file) as an ONNX model folder.

  export_llama.py CHECKPOINT --out DIR                          one graph, DIR/model.onnx
  export_llama.py CHECKPOINT --out DIR --precision w8a8
  export_llama.py CHECKPOINT --out DIR --kv int8 --calibration text.txt
  export_llama.py CHECKPOINT --out DIR --variants all           every graph of VARIANTS in one folder, weights shared
  export_llama.py CHECKPOINT --out DIR --variants fp32,w8a8     the named ones; the first is the folder's default
"""
import argparse
import re
import sys
from pathlib import Path

from ufexport import checkpoint as checkpoints
from ufexport.export import VARIANTS, WIDE, export, export_one
from ufexport.linear import PRECISIONS
from ufexport.llama import Variant

PROJECTION = re.compile(r"(\d+\.)?(qkv|o|gate_up|down)_proj|lm_head")


def main():
    try:
        for line in run(parse()):
            print(line)
    except (ValueError, FileNotFoundError) as error:  # what the user can mend; the rest shows its trace
        return f"export_llama.py: {error}"
    return 0


def run(options):
    source, out = Path(options.checkpoint), Path(options.out)
    checkpoint = checkpoints.load(source)
    if not options.variants:
        return export_one(source, checkpoint, out, variant_of(options), options.calibration)
    names = list(VARIANTS) if options.variants == "all" else options.variants.split(",")
    return export(source, checkpoint, out, names, options.calibration)


def variant_of(options):
    wide = WIDE.get(options.precision, ())
    if options.keep_wide is not None:
        wide = tuple(filter(None, options.keep_wide.split(",")))
        unknown = [name for name in wide if not PROJECTION.fullmatch(name)]
        if unknown or options.precision not in WIDE:
            raise ValueError(f"--keep-wide is for w8a8 and int4 and takes qkv_proj, o_proj, gate_up_proj, down_proj, each "
                             f"with a layer before it or not (3.down_proj), and lm_head; got {wide} for {options.precision}")
    kv = options.kv or ("fp16" if options.precision == "fp16" else "fp32")
    return Variant(options.precision, kv, options.attention, options.style, wide, options.wide_precision)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", help="folder with config.json and *.safetensors, or a .gguf file")
    parser.add_argument("--out", required=True, help="folder to write; made if missing")
    parser.add_argument("--variants", help=f"'all' or a comma list of {', '.join(VARIANTS)}")
    parser.add_argument("--precision", choices=PRECISIONS, default="fp32")
    parser.add_argument("--kv", choices=("fp32", "fp16", "int8"), help="type of the KV cache (fp32; fp16 for fp16)")
    parser.add_argument("--attention", choices=("gqa", "plain"), default="gqa")
    parser.add_argument("--style", choices=("ours", "genai"), default="ours")
    parser.add_argument("--keep-wide", metavar="LIST",
                        help="w8a8 and int4: projections kept wider, e.g. down_proj,lm_head or 3.down_proj; '' for none "
                             "(default: none for w8a8, lm_head for int4)")
    parser.add_argument("--wide-precision", choices=("int8", "fp32"), default="int8", help="what they are kept in")
    parser.add_argument("--calibration", help="text file, or JSON lines with an 'instruction': sets the scales of an "
                                              "int8 KV cache, tells w8a8 where outliers are and int4 "
                                              "which channels matter")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
