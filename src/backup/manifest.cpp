#include "backup/manifest.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/disk.hpp"
#include "base/file_descriptor.hpp"
#include "base/sha256.hpp"
#include "decode/json_tree.hpp"
#include "fleetmeter/store.hpp"
#include "fleetmeter/text.hpp"

namespace fleetmeter::backup {

namespace {

constexpr const char* kForm = "fleetmeter backup 1";

std::string text_of(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    return std::to_string(*integer);
  }
  if (const auto* sum = std::get_if<Int128>(&cell)) {
    return fleetmeter::to_text(*sum);
  }
  const auto* const text = std::get_if<std::string>(&cell);
  return text == nullptr ? "" : *text;
}

/// The columns of the only row of an answer; of `status`, without where and how large the file is.
void add(const Table& answer, Manifest& manifest) {
  for (std::size_t i = 0; i < answer.names.size(); ++i) {
    if (answer.names[i] != "store" && answer.names[i] != "store_bytes") {
      manifest.emplace_back(answer.names[i], text_of(answer.rows.front()[i]));
    }
  }
}

/// The totals of a meter, without the number of processes, which status says.
template <class Row>
void add_total(const std::vector<Row>& rows, Manifest& manifest) {
  Table total;
  give(Question(), rows, total);
  for (std::size_t i = 1; i < total.names.size(); ++i) {
    manifest.emplace_back(total.names[i], text_of(total.rows.front()[i]));
  }
}

Error unreadable(const std::string& file) {
  return base::cannot_read(file, "cannot be read", errno);
}

}  // namespace

Manifest manifest_of_bytes(const std::string& file) {
  const base::FileDescriptor descriptor(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.number() < 0) {
    throw unreadable(file);
  }
  base::Sha256Stream digest;
  std::int64_t bytes = 0;
  std::array<char, 256 * 1024> piece{};
  ssize_t size = 0;
  while ((size = read(descriptor.number(), piece.data(), piece.size())) > 0) {
    digest.update({piece.data(), static_cast<std::size_t>(size)});
    bytes += size;
  }
  if (size < 0) {
    throw unreadable(file);
  }
  return {{"bytes", std::to_string(bytes)},
          {"sha256", base::to_hex(base::as_bytes(digest.finish()))}};
}

Manifest manifest_of_store(const std::string& store_path) {
  const Store store = Store::open(store_path);
  Manifest manifest;
  Table status;
  give(std::vector{store.status()}, status);
  add(status, manifest);
  add_total(store.billing({}), manifest);
  add_total(store.egress({}), manifest);
  return manifest;
}

std::string to_text(const Manifest& manifest) {
  // Names are ours, and values are numbers and times: nothing in them needs an escape.
  std::string text = std::string("{\n  \"form\": \"") + kForm + '"';
  for (const auto& [name, value] : manifest) {
    text += ",\n  \"" + name + "\": \"" + value + '"';
  }
  return text + "\n}\n";
}

Manifest read_manifest(const std::string& file, const std::string& text) {
  const auto refuse = [&](const std::string& why) {
    return Error(ErrorKind::data, printable(file) + ": no manifest of a backup: " + why);
  };
  decode::JsonTree tree;
  try {
    tree = decode::read_json(text);
  } catch (const Error& error) {
    throw refuse(error.what());
  }
  const decode::JsonTree* const form = tree.find("form");
  if (form == nullptr || form->text != kForm) {
    throw refuse(std::string("it does not say \"form\": \"") + kForm + '"');
  }
  Manifest manifest;
  for (const auto& [name, value] : tree.members) {
    if (&value != form) {
      manifest.emplace_back(name, value.text);
    }
  }
  return manifest;
}

}  // namespace fleetmeter::backup
