#pragma once

// Every other way in which bytes of strangers come in, beside the documents of an archive. Each
// function takes any bytes and says which promise was broken; "" when none was.

#include <array>
#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/name_time.hpp"
#include "base/said_time.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "decode/byte_source.hpp"
#include "decode/money_documents.hpp"
#include "fleetmeter/decimal.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "fuzz/describe.hpp"
#include "ingest/name_pattern.hpp"
#include "parquet/reader.hpp"
#include "parquet/writer.hpp"
#include "sql/contract.hpp"

namespace fleetmeter::fuzz {

namespace detail {

/// What is written of a time is read as that time.
inline std::string broken_by_time(std::string_view text) {
  const base::SaidTime said = base::read_said_time(text);
  if ((said.ms ? 1 : 0) + (said.is_placeholder ? 1 : 0) + (said.problem != nullptr ? 1 : 0) != 1) {
    return "a text is one of a time, a time that means none, and no time";
  }
  const base::ParsedTime parsed = base::parse_rfc3339(text);
  if (parsed.ms.has_value() == (parsed.problem != nullptr)) {
    return "a text is a time or has a problem";
  }
  if (parsed.ms && base::parse_rfc3339(base::format_utc(*parsed.ms)).ms != parsed.ms) {
    return "a time is written as another one";
  }
  const auto date = base::parse_date(text);
  if (date && base::format_date(*date) != text) {
    return "a date is written as another one";
  }
  static_cast<void>(base::parse_duration(text));
  static_cast<void>(base::find_time_in_text(text));
  const base::NameTime in_name = base::find_time_in_name(text);
  return in_name.ms.has_value() == (in_name.kind == base::NameTime::Kind::instant)
             ? ""
             : "a name has an instant exactly when it says one";
}

/// What is written of a decimal is read as that decimal.
inline std::string broken_by_decimal(std::string_view text) {
  const auto decimal = Decimal::parse(text);
  if (!decimal) {
    return "";
  }
  const auto again = Decimal::parse(to_text(*decimal));
  return again && *again == *decimal ? "" : "a decimal is written as another one";
}

inline std::string broken_by_printing(std::string_view text) {
  constexpr std::size_t kLimit = 50;
  const std::string shown = printable(text, kLimit);
  if (base::find_invalid_utf8(shown) != shown.size() || shown.size() > kLimit + 3) {
    return "what is printed is UTF-8 within its limit";
  }
  for (const char c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      return "what is printed has no control characters";
    }
  }
  static_cast<void>(did_you_mean(text, {"billing", "egress"}));
  return "";
}

/// The first line is a pattern for the names of files, what follows is such a name.
inline std::string broken_by_pattern(std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view name = text.substr(std::min(end + 1, text.size()));
  try {
    const auto says = ingest::NamePattern(std::string(text.substr(0, end))).read(name, nullptr);
    const auto stands_there = [&](const std::string& part) {
      return name.find(part) != std::string_view::npos;
    };
    return !says || (stands_there(says->app) && stands_there(says->region))
               ? ""
               : "what a name says stands in it";
  } catch (const Error&) {
    return "";
  }
}

/// The contract that heads a file of SQL.
inline std::string broken_by_contract(std::string_view text) {
  try {
    static_cast<void>(sql::parse_contract({"query.sql", text}));
  } catch (const std::exception& error) {
    return error.what()[0] == '\0' ? "an error says something" : "";
  }
  return "";
}

/// Everything that is wrong in a document has a place and a reason that can be shown.
template <class Document>
std::string broken_by_document(const Document& document) {
  for (const auto& problem : document.problems) {
    if (problem.reason.empty() ||
        base::find_invalid_utf8(problem.reason) != problem.reason.size() ||
        base::find_invalid_utf8(problem.place) != problem.place.size()) {
      return "a problem has a reason, in UTF-8";
    }
  }
  return "";
}

/// Reads a document about money; an Error is an answer too, and its message is text.
template <class Read>
std::string broken_by_reading(const Read& read) {
  try {
    return broken_by_document(read());
  } catch (const Error& error) {
    const std::string_view message = error.what();
    return base::find_invalid_utf8(message) == message.size() ? "" : "a message is UTF-8";
  }
}

/// What a packed source gives when it is read so many bytes at a time, and how it ends.
inline std::string unpacked(std::string_view bytes, std::size_t step) {
  constexpr std::size_t kMost = 1U << 20U;  // a little file may unpack to the whole memory
  std::string all;
  try {
    const auto source =
        decode::open_given("fuzz", [bytes, step](char* into, std::size_t size) mutable {
          const std::size_t count = bytes.copy(into, std::min(size, step));
          bytes.remove_prefix(count);
          return count;
        });
    std::array<char, 4096> buffer{};
    for (std::size_t got = 1; got > 0 && all.size() < kMost;) {
      got = source->read(buffer.data(), buffer.size());
      all.append(buffer.data(), got);
    }
    return all.size() < kMost ? all + "\nnote: " + source->note() : all.substr(0, kMost);
  } catch (const Error& error) {
    return all + "\nerror: " + error.what();
  }
}

using Columns = std::vector<std::vector<Cell>>;

/// The columns of a Parquet file, all groups one after another. Throws Error where it has none.
inline Columns read_parquet(const parquet::Reader& file) {
  Columns all(file.columns().size());
  for (std::size_t number = 0; number < file.groups(); ++number) {
    const Columns group = file.group(number);
    for (std::size_t i = 0; i < group.size(); ++i) {
      all[i].insert(all[i].end(), group[i].begin(), group[i].end());
    }
  }
  return all;
}

inline parquet::Reader open_parquet(std::string_view bytes) {
  return parquet::Reader(
      [bytes](std::int64_t offset, std::int64_t size) {
        return std::string(
            bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(size)));
      },
      static_cast<std::int64_t>(bytes.size()));
}

/// The same columns as a file that we write.
inline std::string written_parquet(const parquet::Reader& file, const Columns& columns) {
  std::ostringstream out;
  const auto writer = parquet::make_writer(out);
  std::vector<std::string> names;
  std::vector<CellKind> kinds;
  for (const parquet::Reader::Column& column : file.columns()) {
    names.push_back(column.name);
    kinds.push_back(column.kind);
  }
  writer->kinds(kinds);
  writer->columns(names);
  for (std::size_t row = 0; !columns.empty() && row < columns.front().size(); ++row) {
    std::vector<Cell> cells;
    for (const std::vector<Cell>& column : columns) {
      cells.push_back(column[row]);
    }
    writer->row(cells);
  }
  writer->end();
  return out.str();
}

}  // namespace detail

/// Texts: times, names of files and patterns for them, decimals, contracts, what is printed.
[[nodiscard]] inline std::string broken_by_text(std::string_view bytes) {
  for (const auto& broken :
       {detail::broken_by_time, detail::broken_by_decimal, detail::broken_by_printing,
        detail::broken_by_pattern, detail::broken_by_contract}) {
    if (const std::string why = broken(bytes); !why.empty()) {
      return why;
    }
  }
  return "";
}

/// Documents about money, as JSON or CSV.
[[nodiscard]] inline std::string broken_by_money(std::string_view bytes) {
  const decode::Given given{"invoice", "2024-11", "USD"};
  for (const std::string& why :
       {detail::broken_by_reading([&] { return decode::read_deployments(bytes); }),
        detail::broken_by_reading([&] { return decode::read_rate_cards(bytes); }),
        detail::broken_by_reading([&] { return decode::read_policy(bytes); }),
        detail::broken_by_reading([&] { return decode::read_invoices(bytes, given); }),
        detail::broken_by_reading([&] { return decode::read_invoices(bytes, {}); })}) {
    if (!why.empty()) {
      return why;
    }
  }
  return "";
}

/// Sources: packed by gzip or zstd, in UTF-16, or plain.
[[nodiscard]] inline std::string broken_by_packed(std::string_view bytes) {
  const std::string whole = detail::unpacked(bytes, bytes.size() + 1);
  for (const std::size_t step : {1U, 7U, 61U}) {
    if (detail::unpacked(bytes, step) != whole) {
      return "in pieces of " + std::to_string(step) + " something else is read";
    }
  }
  return "";
}

/// Files of pruned observations: what is read from one is read again when it is written anew.
[[nodiscard]] inline std::string broken_by_parquet(std::string_view bytes) {
  std::string again;
  detail::Columns columns;
  try {
    const parquet::Reader file = detail::open_parquet(bytes);
    columns = detail::read_parquet(file);
    again = detail::written_parquet(file, columns);
  } catch (const Error& error) {
    return error.what()[0] == '\0' ? "an error says something" : "";
  }
  return detail::read_parquet(detail::open_parquet(again)) == columns
             ? ""
             : "what was read is not read again when it is written anew";
}

}  // namespace fleetmeter::fuzz
