#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.hpp"
#include "proof/checkpoint.hpp"

namespace fleetmeter::proof {

/// One text of a tree with the proof that the tree holds it, for somebody who has neither: a file
/// in the format https://c2sp.org/tlog-proof, with the text itself as its extra data.
struct Receipt {
  std::string line;
  std::size_t index = 0;
  std::vector<base::Sha256> path;
  std::string checkpoint;  ///< its text
  std::string signatures;  ///< its lines; empty: nobody signed
};

[[nodiscard]] std::string to_text(const Receipt& receipt);

/// The receipt of which to_text makes just this text; nothing when it makes it of none.
[[nodiscard]] std::optional<Receipt> read_receipt(std::string_view text);

/// What its checkpoint says, if the text is the one that the tree has in this place; else nothing.
[[nodiscard]] std::optional<Checkpoint> proved_by(const Receipt& receipt);

}  // namespace fleetmeter::proof
