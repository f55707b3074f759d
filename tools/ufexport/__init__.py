"""Turns Llama-architecture checkpoints into ONNX model folders. Start at folder.py."""
