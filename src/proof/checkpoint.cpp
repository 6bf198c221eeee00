#include "proof/checkpoint.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "proof/ed25519.hpp"

namespace fleetmeter::proof {

namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::size_t kIdBytes = 4;

/// The lines of a text, without their ends; nothing when the last one has no end.
std::optional<std::vector<std::string_view>> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

/// Tells keys of one name apart. 1 stands for Ed25519.
std::string key_id(const std::string& name, const std::string& public_key) {
  const base::Sha256 digest = base::sha256(name + "\n\x01" + public_key);
  return std::string(base::as_bytes(digest).substr(0, kIdBytes));
}

struct SignatureLine {
  std::string_view name;
  std::string id_and_signature;
};

std::optional<SignatureLine> read_signature(std::string_view line) {
  const std::size_t space = line.rfind(' ');
  if (line.rfind(kDash, 0) != 0 || space < kDash.size()) {
    return std::nullopt;
  }
  const auto bytes = base::from_base64(line.substr(space + 1));
  const std::string_view name = line.substr(kDash.size(), space - kDash.size());
  if (!bytes || bytes->size() <= kIdBytes || !is_origin(name)) {
    return std::nullopt;
  }
  return SignatureLine{name, *bytes};
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' +
         base::to_base64(base::as_bytes(checkpoint.root)) + '\n';
}

std::optional<Checkpoint> read_checkpoint(std::string_view text) {
  const auto lines = lines_of(text);
  if (!lines || lines->size() != 3 || !is_origin(lines->at(0))) {
    return std::nullopt;
  }
  Checkpoint checkpoint;
  checkpoint.origin = lines->at(0);
  const std::string_view size = lines->at(1);
  const auto read = std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
  const auto root = base::from_base64(lines->at(2));
  const auto digest = root ? base::as_sha256(*root) : std::nullopt;
  if (read.ec != std::errc() || !digest) {
    return std::nullopt;
  }
  checkpoint.root = *digest;
  return to_text(checkpoint) == text ? std::optional(checkpoint) : std::nullopt;
}

bool is_origin(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return c > ' ' && c <= '~' && c != '+'; });
}

std::string signature_line(const std::string& name, const std::string& private_key,
                           std::string_view text) {
  return std::string(kDash) + name + ' ' +
         base::to_base64(key_id(name, public_half(private_key)) + sign(private_key, text)) + '\n';
}

bool is_signed_by(const std::string& name, const std::string& public_key, std::string_view text,
                  std::string_view signatures) {
  const auto lines = lines_of(signatures);
  if (!lines) {
    return false;
  }
  const std::string id = key_id(name, public_key);
  bool is_good = false;
  for (const std::string_view line : *lines) {
    const auto one = read_signature(line);
    if (!one) {
      return false;
    }
    if (one->name == name && one->id_and_signature.rfind(id, 0) == 0) {
      if (!is_signed(public_key, text, std::string_view(one->id_and_signature).substr(kIdBytes))) {
        return false;
      }
      is_good = true;
    }
  }
  return is_good;
}

std::string note_of(const std::string& text, const std::string& signatures) {
  return signatures.empty() ? text : text + '\n' + signatures;
}

}  // namespace fleetmeter::proof
