#include "proof/receipt.hpp"

#include <charconv>

#include "proof/merkle.hpp"

namespace fleetmeter::proof {

namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

/// Takes a line off the front of a text; nothing when none is left.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

/// What follows `begin` in the next line.
std::optional<std::string_view> take_after(std::string_view begin, std::string_view& text) {
  const auto line = take_line(text);
  return line && line->rfind(begin, 0) == 0 ? std::optional(line->substr(begin.size()))
                                            : std::nullopt;
}

bool take_path(std::string_view& text, std::vector<base::Sha256>& path) {
  for (auto line = take_line(text); line; line = take_line(text)) {
    if (line->empty()) {
      return true;
    }
    const auto bytes = base::from_base64(*line);
    const auto digest = bytes ? base::as_sha256(*bytes) : std::nullopt;
    if (!digest) {
      return false;
    }
    path.push_back(*digest);
  }
  return false;
}

}  // namespace

std::string to_text(const Receipt& receipt) {
  std::string text = std::string(kFirstLine) + '\n' + std::string(kExtra) +
                     base::to_base64(receipt.line) + '\n' + std::string(kIndex) +
                     std::to_string(receipt.index) + '\n';
  for (const base::Sha256& beside : receipt.path) {
    text += base::to_base64(base::as_bytes(beside)) + '\n';
  }
  return text + '\n' + note_of(receipt.checkpoint, receipt.signatures);
}

std::optional<Receipt> read_receipt(std::string_view text) {
  std::string_view rest = text;
  Receipt receipt;
  const auto first = take_line(rest);
  const auto extra = take_after(kExtra, rest);
  const auto line = extra ? base::from_base64(*extra) : std::nullopt;
  const auto index = take_after(kIndex, rest);
  if (first != kFirstLine || !line || !index ||
      std::from_chars(index->data(), index->data() + index->size(), receipt.index).ec !=
          std::errc() ||
      !take_path(rest, receipt.path)) {
    return std::nullopt;
  }
  receipt.line = *line;
  const std::size_t end = rest.find("\n\n");
  receipt.checkpoint = rest.substr(0, end == std::string_view::npos ? end : end + 1);
  receipt.signatures = end == std::string_view::npos ? "" : rest.substr(end + 2);
  return to_text(receipt) == text ? std::optional(receipt) : std::nullopt;
}

std::optional<Checkpoint> proved_by(const Receipt& receipt) {
  const auto checkpoint = read_checkpoint(receipt.checkpoint);
  if (!checkpoint) {
    return std::nullopt;
  }
  const auto root =
      root_by_path(leaf_hash(receipt.line), receipt.index, checkpoint->size, receipt.path);
  return root == checkpoint->root ? checkpoint : std::nullopt;
}

}  // namespace fleetmeter::proof
