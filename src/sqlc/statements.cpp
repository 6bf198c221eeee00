#include "sqlc/statements.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>

#include "sql/contract.hpp"

namespace fleetmeter::sqlc {

namespace {

using sql::Contract;
using sql::Declared;

const std::string kBanner = "// Generated from the contracts of queries/. Do not edit.\n";

/// One file, read.
struct Statement {
  const File& file;
  Contract contract;
  std::string type;                       ///< AddPort
  std::vector<std::string> in_statement;  ///< parameters in the order in which SQLite numbers them
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Calls `use(parameter, where its colon stands)` for each use of one outside comments and texts.
template <class Use>
void each_parameter(const std::string& text, Use&& use) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.compare(at, 2, "--") == 0) {
      at = std::min(text.find('\n', at), text.size());
    } else if (text[at] == '\'') {
      at = std::min(text.find('\'', at + 1), text.size());
    } else if (text[at] == ':') {
      std::size_t end = at + 1;
      while (end < text.size() && is_word(text[end])) {
        ++end;
      }
      use(text.substr(at + 1, end - at - 1), at);
      at = end - 1;
    }
  }
}

std::string type_of(const File& file) {
  std::string type;
  bool begins = true;
  for (const char c : file.stem()) {
    if (c != '_') {
      type += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    }
    begins = c == '_';
  }
  return type;
}

Statement read(const File& file) {
  Statement statement{file, sql::parse_contract({file.path, file.text}), type_of(file), {}};
  auto& names = statement.in_statement;
  each_parameter(file.text, [&](const std::string& name, std::size_t) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  });
  std::vector<std::string> used = names;
  std::vector<std::string> declared;
  for (const Declared& one : statement.contract.in) {
    declared.push_back(one.name);
  }
  std::sort(used.begin(), used.end());
  std::sort(declared.begin(), declared.end());
  if (used != declared) {
    std::vector<std::string> odd;
    std::set_symmetric_difference(used.begin(), used.end(), declared.begin(), declared.end(),
                                  std::back_inserter(odd));
    throw Fault(file.path +
                ":1: the contract and the statement do not have the same parameters (:" +
                odd.front() + ")");
  }
  return statement;
}

/// The C++ type of a value that goes into a statement, or comes out of it.
std::string cpp_type(const Statement& statement, const Declared& one, bool goes_in) {
  static const std::map<std::string, std::pair<std::string, std::string>> kTypes{
      {"INTEGER", {"std::int64_t", "std::int64_t"}},
      {"TEXT", {"std::string_view", "std::string"}},
      {"BLOB", {"Blob", "std::string"}},
      {"ANY", {"ValueView", "Value"}}};
  const auto found = kTypes.find(one.type);
  if (found == kTypes.end()) {
    throw Fault(statement.file.path + ":1: " + one.name + " has no type that is known (" +
                one.type + ")");
  }
  const std::string& type = goes_in ? found->second.first : found->second.second;
  return one.is_maybe ? "std::optional<" + type + ">" : type;
}

std::string members(const Statement& statement, const std::vector<Declared>& all, bool goes_in) {
  std::string out;
  for (const Declared& one : all) {
    out += "    " + cpp_type(statement, one, goes_in) + ' ' + one.name + ';' +
           (one.meaning.empty() ? "" : "  ///< " + one.meaning) + '\n';
  }
  return out;
}

std::string constant(const Statement& statement) {
  return statement.file.stem();
}

/// INSERT … VALUES (:a, :b) as INSERT … SELECT waiting."a", waiting."b" FROM the rows that wait. OR
/// FAIL, which undoes nothing of a half-done step, spares SQLite the journal for that.
std::string bulk_text(const Statement& statement) {
  static const std::string kVerb = "INSERT ";
  static const std::string kRow = "VALUES (";
  const std::string& text = statement.file.text;
  const std::size_t verb = text.find('\n' + kVerb);
  const std::size_t row = text.rfind(kRow);
  const std::size_t end = text.rfind(')');
  if (verb == std::string::npos || row == std::string::npos || end < row) {
    throw Fault(statement.file.path + ":1: -- bulk wants an INSERT of one row");
  }
  const std::size_t into = verb + 1 + kVerb.size();
  std::string values = text.substr(row + kRow.size(), end - row - kRow.size());
  values = std::regex_replace(values, std::regex(":([a-z_0-9]+)"), "waiting.\"$1\"");
  return kVerb + (text.compare(into, 4, "INTO") == 0 ? "OR FAIL " : "") +
         text.substr(into, row - into) + "SELECT " + values + " FROM waiting_" +
         constant(statement) + " AS waiting";
}

std::string struct_of(const Statement& statement) {
  const Contract& contract = statement.contract;
  std::string out = "/// " + contract.summary + "\nstruct " + statement.type +
                    " {\n  static const SqlText& kText;\n";
  out += "  struct In {\n" + members(statement, contract.in, true) + "  };\n";
  out += "  struct Out {\n" + members(statement, contract.out, false) + "  };\n";
  out += "  static constexpr int kParameters = " + std::to_string(contract.in.size()) + ";\n";
  out +=
      "  template <class Put>\n  static void put([[maybe_unused]] const In& in, "
      "[[maybe_unused]] Put&& to) {\n";
  for (std::size_t i = 0; i < statement.in_statement.size(); ++i) {
    out += "    to(" + std::to_string(i + 1) + ", in." + statement.in_statement[i] + ");\n";
  }
  out +=
      "  }\n  template <class Take>\n  static void take([[maybe_unused]] Out& out, "
      "[[maybe_unused]] Take&& from) {\n";
  for (std::size_t i = 0; i < contract.out.size(); ++i) {
    out += "    from(" + std::to_string(i) + ", out." + contract.out[i].name + ");\n";
  }
  out +=
      "  }\n  template <class See>\n  static void each_column([[maybe_unused]] const Out& out, "
      "[[maybe_unused]] See&& see) {\n";
  for (const Declared& one : contract.out) {
    out += "    see(\"" + one.name + "\", out." + one.name + ");\n";
  }
  out += "  }\n";
  if (contract.is_bulk) {
    std::string columns;
    for (const std::string& name : statement.in_statement) {
      columns += (columns.empty() ? "\\\"" : ", \\\"") + name + "\\\"";
    }
    out += "  static const SqlText kBulk;\n  static constexpr const char* kWaiting = \"waiting_" +
           constant(statement) + "\";\n  static constexpr const char* kWaitingTable =\n      " +
           "\"CREATE TABLE waiting (" + columns + ")\";\n";
  }
  return out + "};\n\n";
}

template <class Use>
void each_statement(const std::vector<Folder>& folders, std::string& out, Use&& use) {
  for (const Folder& folder : folders) {
    const std::string scope = std::regex_replace(folder.path, std::regex("/"), "::");
    out += "\nnamespace " + scope + " {\n\n";
    for (const File& file : folder.files) {
      use(read(file));
    }
    out += "}  // namespace " + scope + "\n";
  }
}

}  // namespace

std::string statements_header(const std::vector<Folder>& folders) {
  std::string out = kBanner +
                    "#pragma once\n\n#include <cstdint>\n#include <optional>\n#include <string>\n"
                    "#include <string_view>\n\n#include \"sql/sql_text.hpp\"\n"
                    "#include \"sql/value.hpp\"\n\nnamespace fleetmeter::sql {\n";
  each_statement(folders, out, [&](const Statement& statement) { out += struct_of(statement); });
  return out + "\n}  // namespace fleetmeter::sql\n";
}

std::string statements_source(const std::vector<Folder>& folders) {
  std::string out = kBanner +
                    "#include \"sql/statements.hpp\"\n\n#include \"sql/catalog.hpp\"\n\n"
                    "namespace fleetmeter::sql {\n";
  each_statement(folders, out, [&](const Statement& statement) {
    out +=
        "constinit const SqlText& " + statement.type + "::kText = " + constant(statement) + ";\n";
    if (statement.contract.is_bulk) {
      out += "constinit const SqlText " + statement.type + "::kBulk{\"" + statement.file.path +
             "\", R\"sql(" + bulk_text(statement) + ")sql\"};\n";
    }
  });
  return out + "\n}  // namespace fleetmeter::sql\n";
}

}  // namespace fleetmeter::sqlc
