#include "sqlc/empty_store.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "sql/empty_store.hpp"

namespace fleetmeter::sqlc {

namespace {

constexpr std::size_t kWriteVersion = 18;  // in the file's header, and the read version behind it
constexpr char kWal = 2;                   // the journal mode that these two bytes tell
constexpr std::size_t kZerosBetween = 32;  // pieces: fewer do not end one

struct Database {
  sqlite3* handle = nullptr;

  Database() { sqlite3_open(":memory:", &handle); }
  ~Database() { sqlite3_close(handle); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const std::string& path, const std::string& text) const {
    if (sqlite3_exec(handle, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      throw Fault(path + ": " + sqlite3_errmsg(handle));
    }
  }

  [[nodiscard]] std::string file() const {
    sqlite3_int64 size = 0;
    const std::unique_ptr<unsigned char, void (*)(void*)> bytes(
        sqlite3_serialize(handle, "main", &size, 0), sqlite3_free);
    std::string file(bytes.get(), bytes.get() + size);
    file.at(kWriteVersion) = file.at(kWriteVersion + 1) = kWal;
    return file;
  }
};

/// Bytes as the inside of a literal. Octal, because a hexadecimal escape has no end of its own.
std::string escaped(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= ' ' && byte <= '~' && c != '"' && c != '\\' && c != '?') {
      out += c;
    } else {
      out += {'\\', static_cast<char>('0' + (byte >> 6U)),
              static_cast<char>('0' + (byte >> 3U & 7U)), static_cast<char>('0' + (byte & 7U))};
    }
  }
  return out;
}

/// The end of the piece that begins at `begin`: so many zeros follow, or the file has ended.
std::size_t end_of_piece(const std::string& file, std::size_t begin) {
  static const std::string kZeros(kZerosBetween, '\0');
  const std::size_t zeros = std::min(file.find(kZeros, begin), file.size());
  return file.find_last_not_of('\0', zeros - 1) + 1;
}

}  // namespace

std::string empty_store_source(const std::vector<File>& schema, std::size_t version) {
  const Database store;
  store.run("a new store", "PRAGMA page_size = 8192; BEGIN");
  for (const File& file : schema) {
    store.run(file.path, file.text);
  }
  store.run("a new store", "PRAGMA user_version = " + std::to_string(version) +
                               "; PRAGMA application_id = " + std::to_string(sql::kApplicationId) +
                               "; COMMIT");
  const std::string file = store.file();
  std::string out =
      "// Generated from schema/. Do not edit.\n#include \"sql/empty_store.hpp\"\n\n"
      "namespace fleetmeter::sql {\n\nnamespace {\n\nconstexpr Piece kPieces[] = {\n";
  for (std::size_t at = file.find_first_not_of('\0'); at != std::string::npos;) {
    const std::size_t end = end_of_piece(file, at);
    out += "    {" + std::to_string(at) + ", {\"" +
           escaped(std::string_view(file).substr(at, end - at)) + "\", " +
           std::to_string(end - at) + "}},\n";
    at = file.find_first_not_of('\0', end);
  }
  return out + "};\n\n}  // namespace\n\nconstinit const EmptyStore empty_store{" +
         std::to_string(file.size()) + ", kPieces};\n\n}  // namespace fleetmeter::sql\n";
}

}  // namespace fleetmeter::sqlc
