// Rows become numbers, and the numbers of a table are added up: what a row says decides its number,
// down to the types of its cells and where one text ends and the next begins.

#include "store/control_sums.hpp"

#include <set>

#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using store::RowDigest;
using test::Folder;

template <class... Cells>
std::uint64_t digest_of(const Cells&... cells) {
  RowDigest digest;
  (digest.take(cells), ...);
  return digest.value();
}

constexpr std::int64_t kOne = 1;
constexpr std::int64_t kTwo = 2;

std::string text(const char* literal, std::size_t size) {
  return {literal, size};
}

/// The check of that name after this happened to a store.
Finding finding_after(const std::string& path, const std::string& statement) {
  SQLite::Database(path, SQLite::OPEN_READWRITE).exec(statement);
  for (const Finding& one : Store::open(path).check()) {
    if (one.check == "control_sums") {
      return one;
    }
  }
  return {};
}

}  // namespace

TEST_CASE("rows that say something else have other numbers", "[check]") {
  const std::string_view nothing;
  const std::set<std::uint64_t> all{digest_of(kOne, kTwo),
                                    digest_of(kTwo, kOne),
                                    digest_of(kOne),
                                    digest_of(kOne, nullptr),
                                    digest_of(1.0),
                                    digest_of(std::string_view("1")),
                                    digest_of(sql::Blob{"1"}),
                                    digest_of(nullptr),
                                    digest_of(nothing),
                                    digest_of(sql::Blob{nothing}),
                                    digest_of(std::string_view("ab"), std::string_view("c")),
                                    digest_of(std::string_view("a"), std::string_view("bc")),
                                    digest_of(std::string_view("abcdefgh")),
                                    digest_of(std::string_view("abcdefghi")),
                                    digest_of(std::string_view(text("abcdefghi\0", 10))),
                                    digest_of(std::string_view(text("\0", 1))),
                                    digest_of(std::int64_t{0}),
                                    digest_of(0.0),
                                    digest_of(-0.0)};
  CHECK(all.size() == 19);
  CHECK(digest_of(std::optional(kOne)) == digest_of(kOne));
  CHECK(digest_of(std::optional<std::int64_t>()) == digest_of(nullptr));
  CHECK(digest_of(sql::ValueView(std::string_view("a"))) == digest_of(std::string_view("a")));
}

TEST_CASE("the number of a row is the documented one", "[check]") {
  // docs/reliability.md: a 1 is the words 1 and 1, folded from 0.
  CHECK(digest_of() == 0);
  CHECK(digest_of(nullptr) == 0xe220a8397b1dcdaf);
  CHECK(digest_of(kOne) == 0xe9fd6049d65af21e);
}

TEST_CASE("sums hold whichever way rows came into the store", "[check]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  {
    Store store = Store::open_or_create(path);
    const std::string room =
        R"({"roomId":"r","appId":"a","status":"active","roomConfig":"{\"map\":3}",)"
        R"("currentAllocation":{"roomAllocationId":"x","processId":"p","scheduledAt":)"
        R"("2024-11-01T08:00:00Z","unscheduledAt":null},"allocations":[]})";
    const std::string process =
        R"({"observedAt":"2024-11-01T09:00:00Z","processes":[{"processId":"p","appId":"a",)"
        R"("region":"x","activeConnections":3.5,"exposedPort":{"name":"n","port":7}},{"no":"id"}]})";
    // One after another, in one file, broken off, and again: each on a path of its own.
    static_cast<void>(store.ingest({folder.write("1.json", process)}));
    static_cast<void>(store.ingest({folder.write("1730451600.json", room)}));
    static_cast<void>(
        store.ingest({folder.write("2.json", process + "\n" + process + "\n{\"obs")}));
    static_cast<void>(store.ingest({folder.write("3.json", R"({"kind":"of another"})")}));
    static_cast<void>(store.ingest({folder.write("1.json", process)}));
  }
  CHECK(finding_after(path, "SELECT 1").status == Finding::Status::ok);
  CHECK(finding_after(path, "SELECT 1").rows > 10);
  CHECK(finding_after(path, "UPDATE process SET process_id = 'q'").first_difference ==
        "process: some row is not as it was written");
}
