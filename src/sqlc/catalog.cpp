#include "sqlc/catalog.hpp"

#include <regex>

namespace fleetmeter::sqlc {

namespace {

const std::string kBanner = "// Generated from schema/, migrations/ and queries/. Do not edit.\n";

/// queries/ask → queries::ask
std::string scope_of(const Folder& folder) {
  return std::regex_replace(folder.path, std::regex("/"), "::");
}

std::string constant_of(const File& file) {
  return (file.folder() == "migrations" ? "m" : "") + file.stem();
}

/// `const std::array<const SqlText*, 3> all_queries_ask`
std::string list_of(const Folder& folder) {
  return "const std::array<const SqlText*, " + std::to_string(folder.files.size()) + "> all_" +
         std::regex_replace(folder.path, std::regex("/"), "_");
}

}  // namespace

std::string catalog_header(const std::vector<Folder>& folders) {
  std::string out = kBanner +
                    "#pragma once\n\n#include <array>\n\n#include \"sql/sql_text.hpp\"\n\n"
                    "namespace fleetmeter::sql {\n";
  for (const Folder& folder : folders) {
    out += "\nnamespace " + scope_of(folder) + " {\n";
    for (const File& file : folder.files) {
      out += "extern const SqlText " + constant_of(file) + ";\n";
    }
    out += "}\n/// Every file of " + folder.path + "/, in name order.\nextern " + list_of(folder) +
           ";\n";
  }
  return out + "\n}  // namespace fleetmeter::sql\n";
}

std::string catalog_source(const std::vector<Folder>& folders) {
  std::string out = kBanner + "#include \"sql/catalog.hpp\"\n\nnamespace fleetmeter::sql {\n";
  for (const Folder& folder : folders) {
    std::string entries;
    out += "\nnamespace " + scope_of(folder) + " {\n";
    for (const File& file : folder.files) {
      if (file.text.find(")sql\"") != std::string::npos) {
        throw Fault(file.path + ": contains )sql\", which ends a text in the catalogue");
      }
      out += "constinit const SqlText " + constant_of(file) + "{\"" + file.path + "\", R\"sql(" +
             file.text + ")sql\"};\n";
      entries += "    &" + scope_of(folder) + "::" + constant_of(file) + ",\n";
    }
    out += "}\nconstinit " + list_of(folder) + "{{\n" + entries + "}};\n";
  }
  return out + "\n}  // namespace fleetmeter::sql\n";
}

}  // namespace fleetmeter::sqlc
