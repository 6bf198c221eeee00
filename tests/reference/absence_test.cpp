// What the reference takes lists to prove, against numbers worked out by hand.

#include <string>

#include <catch2/catch.hpp>

#include "reference.hpp"

namespace {

using namespace fleetmeter::reference;

std::string at(const std::string& clock) {
  return "\"2024-11-01T" + clock + ":00Z\"";
}

/// A process of app a in Tokyo that began to start a minute before it started.
std::string process(const std::string& id, const std::string& started,
                    const std::string& starting) {
  return R"({"processId":")" + id + R"(","appId":"a","region":"Tokyo","startedAt":)" + at(started) +
         R"(,"startingAt":)" + at(starting) + '}';
}

void list(Archive& archive, const std::string& clock, const std::string& says,
          const std::string& processes) {
  archive.add_document(R"({"observedAt":)" + at(clock) + R"(,"list":"Running",)" + says +
                           R"("processes":)" + processes + '}',
                       std::nullopt);
}

/// The numbers of process p, seen at 11:00 and started at 10:00.
std::string billing(const Archive& archive, bool trusts_absence = true) {
  Question question;
  question.processes = {"p"};
  question.trusts_absence = trusts_absence;
  const std::string csv = billing_csv(archive, question);
  const std::size_t line = csv.find('\n') + 1;
  return csv.substr(line, csv.size() - line - 1);
}

const std::string kScope = R"("appId":"a","region":"Tokyo",)";  // NOLINT(cert-err58-cpp)
const std::string kOrphan = "1,3600000,3600000,10800000";       // NOLINT(cert-err58-cpp)
const std::string kGoneAt1110 = "1,3900000,3600000,4200000";    // NOLINT(cert-err58-cpp)

}  // namespace

TEST_CASE("a process that a running list should hold is gone when it does not", "[reference]") {
  Archive archive;
  list(archive, "11:00", "", '[' + process("p", "10:00", "09:59") + ']');
  archive.add_document(R"({"observedAt":"2024-11-01T13:00:00Z","processes":[]})", std::nullopt);
  CHECK(billing(archive) == kOrphan);
  SECTION("an empty list of its app and region") {
    list(archive, "11:10", kScope, "[]");
    CHECK(billing(archive) == kGoneAt1110);
    CHECK(billing(archive, false) == kOrphan);
    CHECK(flickered(archive).empty());
    list(archive, "12:00", kScope, '[' + process("p", "10:00", "09:59") + ']');
    CHECK(flickered(archive).at(0).second == parse_rfc3339("2024-11-01T11:10:00Z"));
  }
  SECTION("the middle of what is possible is at most the grace after the last sight") {
    list(archive, "12:00", kScope, "[]");
    CHECK(billing(archive) == "1,4500000,3600000,7200000");
  }
  SECTION("lists that prove nothing") {
    list(archive, "11:10", "", "[]");
    list(archive, "11:10", R"("appId":"b",)", "[]");
    list(archive, "11:10", kScope, "null");
    list(archive, "11:10", kScope + R"("capped":true,)", "[]");
    list(archive, "11:10", kScope, R"([{"processId":"q","appId":"b","region":"Tokyo"}])");
    list(archive, "11:10", kScope, R"([{"appId":"a","region":"Tokyo"}])");
    CHECK(billing(archive) == kOrphan);
  }
  SECTION("a list that was cut speaks for those that started later than all it shows") {
    list(archive, "11:10", R"("capped":true,)", '[' + process("q", "10:00", "09:58") + ']');
    CHECK(billing(archive) == kOrphan);
    list(archive, "11:10", R"("capped":true,)", '[' + process("q", "09:59", "09:58") + ']');
    CHECK(billing(archive) == kGoneAt1110);
  }
  SECTION("a list of another region does not speak for a process that moved there") {
    archive.add_document(R"({"observedAt":"2024-11-01T11:00:00Z","processes":[
                             {"processId":"p","appId":"a","region":"Oslo"}]})",
                         std::nullopt);
    list(archive, "11:10", kScope, "[]");
    CHECK(billing(archive) == kOrphan);
    list(archive, "11:10", R"("appId":"a",)", "[]");
    CHECK(billing(archive) == kGoneAt1110);
  }
}

TEST_CASE("what is said beside a document counts where it says nothing itself", "[reference]") {
  Archive archive;
  list(archive, "11:00", "", '[' + process("p", "10:00", "09:59") + ']');
  archive.add_document(R"({"observedAt":"2024-11-01T13:00:00Z","processes":[]})", std::nullopt);
  const auto add = [&](const std::string& says, const SaidOfList& said) {
    archive.add_document(R"({"observedAt":)" + at("11:10") + says + R"(,"processes":[]})",
                         std::nullopt, said);
  };
  add(R"(,"list":"stopped")", {"running", "a", "Tokyo"});
  add("", {"running", "a", "Tokyo", false});
  add(R"(,"region":"Oslo")", {"running", "a", "Tokyo"});
  CHECK(billing(archive) == kOrphan);
  add(R"(,"region":"Tokyo")", {"running", "a", "Oslo"});
  CHECK(billing(archive) == kGoneAt1110);
}
