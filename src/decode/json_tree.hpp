#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fleetmeter::decode {

/// A JSON document as a tree in memory. Numbers stay as they were written, so that a price never
/// passes through a double. It is for documents about money, which are small; archives are
/// read by the Framer.
struct JsonMember;
struct JsonTree {
  enum class Kind { null, boolean, number, text, array, object };
  Kind kind = Kind::null;
  std::string text;  ///< of a number, a text or a boolean
  std::vector<JsonTree> items;
  std::vector<JsonMember> members;  ///< in their order, no name twice

  /// The member of that name; null when there is none, or it is null.
  [[nodiscard]] const JsonTree* find(std::string_view name) const;
};

struct JsonMember {
  std::string name;
  JsonTree value;
};

/// Throws Error(data) with line and column when the text is not JSON, names a member twice or is
/// nested too deeply.
[[nodiscard]] JsonTree read_json(std::string_view bytes);

/// A text without the mark that spreadsheets and editors write before UTF-8.
[[nodiscard]] std::string_view without_byte_order_mark(std::string_view bytes);

/// Reads a CSV (RFC 4180) as if it were JSON: an array with an object for each row. The values are
/// texts, or null where a cell is blank, and the header names them. Cells may be parted by commas,
/// semicolons, tabs or bars; the header shows by which. Blank rows are passed over. Throws
/// Error(data) with the line of the mistake.
[[nodiscard]] JsonTree read_csv(std::string_view bytes);

/// Whether two names of columns are the same but for case and what stands between the words:
/// `Invoice ID` and `invoice_id` are.
[[nodiscard]] bool is_same_column(std::string_view a, std::string_view b);

}  // namespace fleetmeter::decode
