// Time of @huggingface/jinja for the chats of TemplateBenchmark. Developers only.
//     npm install @huggingface/jinja@0.5.11 && node benchmarks/peers/templates.mjs chat_templates.json
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { Template } = createRequire(process.cwd() + "/")("@huggingface/jinja");
const templates = Object.values(JSON.parse(readFileSync(process.argv[2], "utf8")).templates);
const content = "A train leaves the station at nine and travels at sixty miles an hour. How far? ";
const messages = [{ role: "system", content: "You are a helpful assistant." }];
for (let i = 0; i < 9; i++) {
    messages.push({ role: i % 2 ? "assistant" : "user", content: content + i });
}
for (const model of ["Qwen/Qwen3-0.6B", "meta-llama/Llama-3.1-8B-Instruct"]) {
    const source = templates.find((t) => JSON.stringify(t.from).includes(model)).source;
    const template = new Template(source);
    const times = [];
    for (let round = 0; round < 30; round++) {
        const start = process.hrtime.bigint();
        for (let i = 0; i < 200; i++) {
            template.render({ messages, bos_token: "<s>", add_generation_prompt: true });
        }
        times.push(Number(process.hrtime.bigint() - start) / 200 / 1e3);
    }
    const last = times.slice(10).sort((a, b) => a - b);
    console.log(`@huggingface/jinja ${model}: median ${last[10].toFixed(1)} us`);
}
