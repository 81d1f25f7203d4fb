#!/usr/bin/env bash
# Compresses and scores a checkpoint of a 7B shape (Llama 2's: blocks of width 4096, 11008 between; random weights in bfloat16), with its
# blocks in memory and streamed, and prints the most anonymous memory that each took, and the seconds.
#
#   tests/larger-than-memory.sh [BLOCKS] [METHODS] [FOLDER]
#
# BLOCKS (32) sets the size: 2 × (202 million × BLOCKS + 262 million) bytes of disk for the checkpoint, about as much again for each method's
# kept blocks, twice where it is streamed. METHODS is a list such as "magnitude wanda gptq". RESIDENT=no leaves the model in memory out.
set -euo pipefail
blocks=${1:-32}
methods=${2:-"magnitude wanda gptq"}
folder=${3:-$(mktemp -d)}
here=$(cd "$(dirname "$0")/.." && pwd)
tool=${LLMKICK:-$here/host/bin/Release/net10.0/llmkick.dll}
[ -f "$tool" ] || dotnet build "$here/host" -c Release -v q --nologo
model=$folder/model-$blocks
mkdir -p "$model"

if [ ! -f "$model/config.json" ]; then
    python3 - "$model" "$blocks" <<'PY'
import json, os, random, struct, sys
folder, blocks = sys.argv[1], int(sys.argv[2])
width, inner, vocabulary = 4096, 11008, 512
random.seed(7)
# Bytes of a bfloat16: sign and exponent of a number near 1/64, any mantissa; repeated, for random bytes of this many are slow.
pool = b"".join(struct.pack("<H", random.choice((0, 0x8000)) | (random.randint(118, 121) << 7) | random.randint(0, 127))
                for _ in range(1 << 20))
names = {}
def add(name, *shape): names[name] = shape
add("model.embed_tokens.weight", vocabulary, width)
for i in range(blocks):
    at = f"model.layers.{i}."
    for name in "qkvo": add(f"{at}self_attn.{name}_proj.weight", width, width)
    add(at + "mlp.gate_proj.weight", inner, width)
    add(at + "mlp.up_proj.weight", inner, width)
    add(at + "mlp.down_proj.weight", width, inner)
    add(at + "input_layernorm.weight", width)
    add(at + "post_attention_layernorm.weight", width)
add("model.norm.weight", width)
add("lm_head.weight", vocabulary, width)
header, start = {}, 0
for name, shape in names.items():
    size = 2
    for n in shape: size *= n
    header[name] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [start, start + size]}
    start += size
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(folder + "/model.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text)
    for name, row in header.items():
        size = row["data_offsets"][1] - row["data_offsets"][0]
        if "norm" in name:
            file.write(b"\x80\x3f" * (size // 2))
            continue
        shift = random.randrange(len(pool) // 2) * 2
        turned = pool[shift:] + pool[:shift]
        for done in range(0, size, len(turned)):
            file.write(turned[:min(len(turned), size - done)])
alphabet = [chr(c) for c in list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))] + [chr(256 + n) for n in range(68)]
vocab = {token: i for i, token in enumerate(alphabet)}
json.dump({"version": "1.0", "added_tokens": [], "normalizer": None, "post_processor": None,
           "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True},
           "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
           "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
                     "fuse_unk": False, "byte_fallback": False, "vocab": vocab, "merges": []}}, open(folder + "/tokenizer.json", "w"))
json.dump({"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_size": width, "intermediate_size": inner,
           "num_hidden_layers": blocks, "num_attention_heads": 32, "num_key_value_heads": 32, "vocab_size": vocabulary,
           "max_position_embeddings": 2048, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu",
           "tie_word_embeddings": False, "eos_token_id": 0, "bos_token_id": 0, "torch_dtype": "bfloat16"},
          open(folder + "/config.json", "w"))
PY
fi
python3 -c 'import random; random.seed(3); print(" ".join("".join(random.choices("etaoinshrdlu", k=random.randint(2, 9))) for _ in range(4000)))' \
    > "$folder/text.txt"

# The most anonymous memory of a command and the processes below it, and its seconds.
watch() {
    local most=0 now start=$SECONDS
    "$@" > "$folder/log" 2>&1 &
    local pid=$!
    while kill -0 "$pid" 2> /dev/null; do
        now=$(awk '/^RssAnon/ { print $2 }' "/proc/$pid/status" 2> /dev/null || true)
        [ "${now:-0}" -gt "$most" ] && most=$now
        sleep 0.2
    done
    wait "$pid" || { tail -20 "$folder/log"; return 1; }
    echo "$((most / 1000)) MB $((SECONDS - start)) s"
}

for weights in streamed $([ "${RESIDENT:-yes}" = yes ] && echo resident); do
    for method in $methods; do
        case $method in
            gptq) variant="gptq: { bits: 4 }" ;;
            dense) variant="dense" ;;
            *) variant="$method: { sparsity: 0.5 }" ;;
        esac
        cat > "$folder/recipe.yaml" <<YAML
name: larger-than-memory
model: { transformers: { path: $model, weights: $weights } }
dtype: bfloat16
calibration: { text: text.txt, samples: 8, length: 256, take: first }
variants: [{ use: { $( [ "$variant" = dense ] && echo "magnitude: { sparsity: 0 }" || echo "$variant" ) }, name: one }]
tasks: [perplexity: { text: text.txt, window: 256, limit: 8 }]
keep_compressed: false
YAML
        rm -rf "$folder/out"
        if [ "$method" = "${methods%% *}" ]; then
            dotnet "$tool" plan "$folder/recipe.yaml" --output "$folder/out" | grep -E "^(Memory|On disk)" || true
        fi
        printf '%s, %s, %s blocks: ' "$method" "$weights" "$blocks"
        watch dotnet "$tool" run "$folder/recipe.yaml" --output "$folder/out"
        grep -o '"perplexity":{[^}]*}' "$folder/out/results.json" | head -1 | cut -c1-100 || true
    done
done
rm -rf "$folder/out"
