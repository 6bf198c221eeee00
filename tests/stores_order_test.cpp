// Documents of one instant that say different things, in several stores: which of them counts.

#include <algorithm>

#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// A document of 09:00 that says of process p that it is in a region.
std::string seen_in(const std::string& region) {
  return R"({"observedAt":"2024-11-01T09:00:00Z","processes":[{"processId":"p","appId":"a",)"
         R"("region":")" +
         region + R"(","startedAt":"2024-11-01T08:00:00Z"}]})";
}

/// One of that instant, and one of an earlier one, that say nothing of where p is.
const std::string kOther =
    R"({"observedAt":"2024-11-01T09:00:00Z","processes":[{"processId":"q","appId":"b"}]})";
const std::string kEarlier =
    R"({"observedAt":"2024-11-01T08:30:00Z","processes":[{"processId":"p","appId":"a"}]})";

/// The region that p is in for stores with these documents, in whichever order they are named; both
/// when it depends on that.
std::string region_for(const std::vector<std::vector<std::string>>& stores) {
  const Folder folder;
  std::vector<std::string> paths;
  for (const std::vector<std::string>& documents : stores) {
    const std::string name = std::to_string(paths.size());
    paths.push_back(folder / (name + ".db"));
    Store store = Store::open_or_create(paths.back());
    for (std::size_t i = 0; i < documents.size(); ++i) {
      static_cast<void>(
          store.ingest({folder.write(name + '.' + std::to_string(i) + ".json", documents[i])}));
    }
  }
  Question question;
  question.by = {GroupBy::region};
  question.app_ids = {"a"};
  const std::string region = Stores::open(paths).billing(question).front().group.front();
  std::reverse(paths.begin(), paths.end());
  const std::string reversed = Stores::open(paths).billing(question).front().group.front();
  return region == reversed ? region : region + " or " + reversed;
}

}  // namespace

TEST_CASE("what a store says of the order of two documents holds for all stores", "[stores]") {
  const std::string oslo = seen_in("Oslo");
  const std::string rome = seen_in("Rome");
  CHECK(region_for({{oslo, rome}, {kEarlier}}) == "Rome");
  CHECK(region_for({{rome, oslo}, {kEarlier}}) == "Oslo");
  // Neither has both, but the other document stands between.
  CHECK(region_for({{oslo, kOther}, {kOther, rome}}) == "Rome");
  CHECK(region_for({{kOther, oslo}, {rome, kOther}}) == "Oslo");
}

TEST_CASE("where no store puts two documents in order, their digests do", "[stores]") {
  const std::string oslo = seen_in("Oslo");
  const std::string rome = seen_in("Rome");
  const std::string apart = region_for({{oslo}, {rome}});
  CHECK(region_for({{rome, kEarlier}, {oslo, kEarlier}}) == apart);
  CHECK(region_for({{oslo, rome}, {rome, oslo}}) == apart);  // they contradict each other
  CHECK((apart == "Oslo" || apart == "Rome"));
}

TEST_CASE("what was said before of an instant does not count again", "[stores]") {
  const std::string oslo = seen_in("Oslo");
  const std::string rome = seen_in("Rome");
  // A third document, of other bytes, says what the first one said.
  const std::string again = oslo.substr(0, oslo.size() - 1) + R"(,"capped":false})";
  CHECK(region_for({{oslo, rome, again}, {kEarlier}}) == "Rome");
  CHECK(region_for({{oslo, rome}, {rome, again}}) == "Rome");
  CHECK(region_for({{rome, again}, {oslo, rome}}) == "Rome");
}
