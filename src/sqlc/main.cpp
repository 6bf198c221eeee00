// The build's own tool: SQL files → C++. `fleetmeter_sqlc ROOT OUT` reads schema/, migrations/ and
// queries/ under ROOT and writes OUT/sql/catalog and OUT/sql/statements, a header and a source
// each, and OUT/sql/empty_store.cpp.

#include <exception>
#include <iostream>

#include "sqlc/catalog.hpp"
#include "sqlc/empty_store.hpp"
#include "sqlc/parts.hpp"
#include "sqlc/statements.hpp"

namespace {

using namespace fleetmeter::sqlc;

void compile(const std::filesystem::path& root, const std::filesystem::path& out) {
  Parts parts(files_of(root, "queries/parts"));
  std::vector<Folder> folders;
  for (const char* path : {"schema", "migrations", "queries", "queries/contract", "queries/ask",
                           "queries/ingest", "queries/known"}) {
    Folder& folder = folders.emplace_back(Folder{path, files_of(root, path)});
    for (File& file : folder.files) {
      file.text = parts.put_into(file);
    }
  }
  parts.expect_all_used();
  write_if_new(out / "sql/catalog.hpp", catalog_header(folders));
  write_if_new(out / "sql/catalog.cpp", catalog_source(folders));
  write_if_new(out / "sql/empty_store.cpp",
               empty_store_source(folders[0].files, folders[1].files.size()));
  // The named queries are asked by people: their parameters come as text, their rows go out as
  // cells; those over contract tables are asked by other programs. The other three folders are the
  // program's own.
  const std::vector<Folder> own(folders.end() - 3, folders.end());
  write_if_new(out / "sql/statements.hpp", statements_header(own));
  write_if_new(out / "sql/statements.cpp", statements_source(own));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: fleetmeter_sqlc ROOT OUT\n";
    return 2;
  }
  try {
    compile(argv[1], argv[2]);
    return 0;
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << '\n';
    return 1;
  }
}
