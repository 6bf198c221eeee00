// Lists that come in another order than they were true in, worked out by hand.

#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// A running list of app a in Oslo, true at hh:mm of the first of November.
std::string list(const std::string& clock, const std::string& processes) {
  return R"({"observedAt":"2024-11-01T)" + clock +
         R"(:00Z","list":"running","appId":"a","region":"Oslo","processes":)" + processes + '}';
}

}  // namespace

TEST_CASE("a process that was seen before its start is gone by an earlier list that comes late",
          "[absence]") {
  const Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  store.ingest(
      {folder.write("1.json", list("09:25", R"([{"processId":"p","appId":"a","region":"Oslo",)"
                                            R"("startedAt":"2024-11-01T12:11:00Z",)"
                                            R"("startingAt":"2024-11-01T12:10:00Z"}])"))});
  store.ingest({folder.write("2.json", list("18:43", "[]"))});
  store.ingest({folder.write("3.json", list("13:49", "[]"))});
  Question question;
  question.by = {GroupBy::region, GroupBy::hour};
  const std::string expected =
      "region,hour,processes,billable_ms,billable_ms_lo,billable_ms_hi\n"
      "Oslo,2024-11-01T12:00:00Z,1,0,0,2940000\n"
      "Oslo,2024-11-01T13:00:00Z,1,0,0,2940000\n";
  CHECK(test::csv(store, "billing", question) == expected);
  question.scan = true;
  CHECK(test::csv(store, "billing", question) == expected);
  CHECK(is_sound(store.check()));
}

TEST_CASE("a list that comes late in the last of several groups counts for all before it",
          "[absence]") {
  const auto many = [](const std::string& name, const std::string& start) {
    std::string all;
    for (int i = 0; i < 1300; ++i) {  // so many changed processes are written as a group
      all += (i > 0 ? "," : "") + std::string(R"({"processId":")") + name + std::to_string(i) +
             R"(","appId":"a","region":"Oslo","startingAt":"2024-11-01T)" + start +
             R"(:00Z","startedAt":"2024-11-01T)" + start + R"(:00Z"})";
    }
    return '[' + all + R"(],"capped":false)";
  };
  const std::vector<std::string> documents{list("09:00", many("p", "08:00")), list("10:00", "[]"),
                                           list("11:00", many("q", "10:30")), list("09:30", "[]")};
  for (const std::vector<int>& order : {std::vector{0, 1, 2, 3}, {3, 2, 1, 0}, {1, 0, 3, 2}}) {
    const Folder folder;
    std::string text;
    for (const int which : order) {
      text += documents[static_cast<std::size_t>(which)] + '\n';
    }
    Store store = Store::open_or_create(folder / "store.db");
    store.ingest({folder.write("lists.ndjson", text)});
    // Those of 08:00 ran until 09:15, 09:00 at least, 09:30 at most; the others run on at 11:00.
    CHECK(test::csv(store, "billing", {}) ==
          "processes,billable_ms,billable_ms_lo,billable_ms_hi\n"
          "2600,8190000000,7020000000,9360000000\n");
    CHECK(is_sound(store.check()));
  }
}
