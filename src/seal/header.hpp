#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "fleetmeter/columns.hpp"
#include "fleetmeter/question.hpp"

namespace fleetmeter::seal {

/// The first line of a seal: everything that decides the others.
struct Header {
  std::string origin;  ///< of the checkpoint: who seals, and the month
  std::string month;
  std::string zone;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  std::int64_t as_of_ms = 0;
  std::int64_t known_seq = 0;  ///< the newest snapshot that counts
  std::int64_t snapshots = 0;  ///< how many count
  std::string knowledge;       ///< one digest of all of them, hexadecimal
  std::int64_t grace_ms = 0;
  std::int64_t max_lifespan_ms = 0;
  std::string absence;
  std::string version;               ///< of the program
  std::optional<std::string> rates;  ///< these four are absent when the seal says nothing of money
  std::optional<std::string> policy;
  std::optional<std::int64_t> money_seq;  ///< the newest document about money that counts
  std::optional<std::string> money_digest;
  std::optional<std::string> public_key;  ///< who signs, base64; absent: nobody
  std::optional<std::string>
      previous_root;  ///< of the seal before, base64; absent: it is the first
  std::int64_t usage_lines = 0;
  std::int64_t cost_lines = 0;
  std::int64_t adjustment_lines = 0;

  static const std::vector<Column<Header>>& columns();
};

/// The header in a line. Throws Error(data) when the line is none, or is spelt otherwise than one.
[[nodiscard]] Header read_header(const std::string& line);

/// The question of which the figures are the answer, about everything known.
[[nodiscard]] Question question_of(const Header& header);

}  // namespace fleetmeter::seal
