"""A thin layer over onnx.helper: names nodes, shares constants, sends weights to the store."""
import numpy as np
from onnx import helper

OPSET = 21  # the first with blocked QuantizeLinear
IR_VERSION = 10
MICROSOFT = "com.microsoft"


class Graph:
    def __init__(self, store, data_file):
        self.store, self.data_file = store, data_file
        self.nodes, self.initializers, self.inputs, self.outputs = [], [], [], []
        self._constants = {}

    def node(self, op, inputs, outputs=1, domain="", **attributes):
        """Adds a node; returns its output name, or the list of them when there are several."""
        name = f"{op}_{len(self.nodes)}"
        if isinstance(outputs, int):
            outputs = [f"{name}_out{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, outputs, name=name, domain=domain, **attributes))
        return outputs[0] if len(outputs) == 1 else outputs

    def weight(self, name, array):
        self.initializers.append(self.store.tensor(name, array, self.data_file))
        return name

    def const(self, value, dtype=np.int64):
        key = (repr(value), np.dtype(dtype).name)
        if key not in self._constants:
            self._constants[key] = self.weight(f"const_{len(self._constants)}", np.array(value, dtype))
        return self._constants[key]

    def input(self, name, data_type, shape):
        self.inputs.append(helper.make_tensor_value_info(name, data_type, shape))
        return name

    def output(self, name, data_type, shape):
        self.outputs.append(helper.make_tensor_value_info(name, data_type, shape))

    def save(self, path, metadata):
        graph = helper.make_graph(self.nodes, "llama", self.inputs, self.outputs, self.initializers)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, producer_name="ultrafeedback-export", opset_imports=opsets)
        model.ir_version = IR_VERSION
        helper.set_model_props(model, metadata)
        path.write_bytes(model.SerializeToString())
