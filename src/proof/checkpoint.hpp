#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/sha256.hpp"

namespace fleetmeter::proof {

/// The head of a tree, as a text of three lines: the origin, which names the tree, its number of
/// leaves, and its root in base64 (https://c2sp.org/tlog-checkpoint).
struct Checkpoint {
  std::string origin;
  std::size_t size = 0;
  base::Sha256 root{};
};

[[nodiscard]] std::string to_text(const Checkpoint& checkpoint);

/// The checkpoint of which to_text makes just this text; nothing when it makes it of none.
[[nodiscard]] std::optional<Checkpoint> read_checkpoint(std::string_view text);

/// Whether a text can name a tree and a key: printable ASCII without spaces or a plus.
[[nodiscard]] bool is_origin(std::string_view text);

// A signed note is a text, an empty line, and a line for each signature. Such a line has the name
// of a key, and in base64 four bytes that tell keys of one name apart, and the signature
// (https://c2sp.org/signed-note).

/// The line with which the key called `name` signs a text.
[[nodiscard]] std::string signature_line(const std::string& name, const std::string& private_key,
                                         std::string_view text);

/// Whether lines of signatures hold one by this key, and it is good. A line of another key does not
/// count; one that is no line of a signature spoils them all.
[[nodiscard]] bool is_signed_by(const std::string& name, const std::string& public_key,
                                std::string_view text, std::string_view signatures);

/// The text and the lines of signatures, which may be none, as one note.
[[nodiscard]] std::string note_of(const std::string& text, const std::string& signatures);

}  // namespace fleetmeter::proof
