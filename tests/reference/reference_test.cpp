// The reference itself, against numbers worked out by hand.

#include <string>

#include <catch2/catch.hpp>

#include "reference.hpp"

namespace {

using namespace fleetmeter::reference;

const std::string kNames =  // NOLINT(cert-err58-cpp): a constant
    R"("processId":"p","appId":"a","deploymentId":1,"region":"Tokyo")";

/// One observation of process p on 2024-11-01 at hh:mm of UTC.
void see(Archive& archive, const std::string& clock, const std::string& fields) {
  archive.add_document(
      R"({"observedAt":"2024-11-01T)" + clock + R"(:00Z","processes":[{)" + kNames + fields + "}]}",
      std::nullopt);
}

std::string at(const std::string& key, const std::string& clock) {
  return ",\"" + key + R"(":"2024-11-01T)" + clock + ":00Z\"";
}

std::string bytes(const std::string& number) {
  return ",\"egressedBytes\":" + number;
}

/// The numbers of the only row, without the header.
std::string numbers(const std::string& csv) {
  const std::size_t line = csv.find('\n') + 1;
  return csv.substr(line, csv.size() - line - 1);
}

std::string billing(const Archive& archive, const Question& question = {}) {
  return numbers(billing_csv(archive, question));
}

std::string egress(const Archive& archive, const Question& question = {}) {
  return numbers(egress_csv(archive, question));
}

Question between(const std::string& from, const std::string& to) {
  Question question;
  question.from_ms = parse_rfc3339("2024-11-01T" + from + ":00Z");
  question.to_ms = parse_rfc3339("2024-11-01T" + to + ":00Z");
  return question;
}

}  // namespace

TEST_CASE("billing, row by row of the table", "[reference]") {
  Archive archive;
  see(archive, "23:00", "");  // S and the default as-of; each case adds an earlier observation
  const std::string started = at("startedAt", "10:00");
  SECTION("known") {
    see(archive, "12:00", started + at("stoppingAt", "11:00"));
    CHECK(billing(archive) == "1,3600000,3600000,3600000");
    CHECK(billing(archive, between("10:30", "22:00")) == "1,1800000,1800000,1800000");
  }
  SECTION("inverted") {
    see(archive, "12:00", started + at("stoppingAt", "09:00"));
    CHECK(billing(archive) == "0,0,0,0");
  }
  SECTION("never started") {
    see(archive, "12:00", at("terminatedAt", "11:00"));
    CHECK(billing(archive) == "0,0,0,0");
  }
  SECTION("starting") {
    Question question;
    question.as_of_ms = parse_rfc3339("2024-11-01T23:10:00Z");
    CHECK(billing(archive, question) == "1,0,0,600000");
  }
  SECTION("no stop order") {
    see(archive, "10:30", started);
    see(archive, "23:00", at("terminatedAt", "11:00"));
    // Last seen without terminatedAt at 23:00, so lo is clipped to terminatedAt.
    CHECK(billing(archive) == "1,3600000,3600000,3600000");
  }
  SECTION("running and orphan") {
    see(archive, "12:00", started);
    Question question;
    question.as_of_ms = parse_rfc3339("2024-11-01T23:15:00Z");
    CHECK(billing(archive, question) == "1,47700000,46800000,47700000");
    question.as_of_ms = *question.as_of_ms + 1;
    CHECK(billing(archive, question) == "1,46800000,46800000,47700001");
    question.max_lifespan_ms = 13 * kHour + kMinute;
    CHECK(billing(archive, question) == "1,46800000,46800000,46860000");
  }
}

TEST_CASE("egress, rule by rule", "[reference]") {
  Archive archive;
  SECTION("interpolation from the zero anchor, and the bounds") {
    see(archive, "11:00", at("startingAt", "09:00") + at("startedAt", "10:00") + bytes("1000"));
    see(archive, "12:00", at("terminatedAt", "11:30") + bytes("2000"));
    CHECK(egress(archive) == "1,2000,2000,2000,0,0");
    CHECK(egress(archive, between("10:00", "10:30")) == "1,500,0,1000,0,0");
    CHECK(egress(archive, between("11:00", "11:15")) == "1,500,0,1000,0,0");
    CHECK(egress(archive, between("11:15", "12:00")) == "1,500,0,1000,0,0");
    CHECK(egress(archive, between("11:30", "12:00")) == "0,0,0,0,0,0");
  }
  SECTION("unknown start is a step") {
    see(archive, "11:00", bytes("1000"));
    see(archive, "12:00", bytes("1500"));
    CHECK(egress(archive) == "1,1500,500,1500,0,0");
    CHECK(egress(archive, between("10:00", "11:00")) == "1,1000,0,1000,0,0");
    CHECK(egress(archive, between("11:00", "12:00")) == "1,500,500,500,0,0");
  }
  SECTION("a final that falls on the start leaves no zero anchor") {
    see(archive, "12:00", at("startedAt", "10:00") + at("terminatedAt", "10:00") + bytes("7"));
    CHECK(egress(archive, between("09:00", "10:00")) == "1,7,0,7,0,0");
    CHECK(egress(archive, between("10:00", "12:00")) == "0,0,0,0,0,0");
  }
  SECTION("wrapped, dipping and broken counters") {
    see(archive, "11:00", at("startedAt", "10:00") + bytes("2147483000"));
    see(archive, "12:00", bytes("-2147483648"));
    CHECK(egress(archive) == "1,2147483648,2147483648,2147483648,0,0");
    see(archive, "13:00", at("terminatedAt", "12:30") + bytes("5"));
    CHECK(egress(archive) == "1,2147483648,2147483648,2147483648,1,0");
  }
  SECTION("clamped32 stays open when its end was seen") {
    see(archive, "11:00", at("startedAt", "10:00") + bytes("2147483647"));
    see(archive, "12:00", at("terminatedAt", "11:30") + bytes("2147483647"));
    CHECK(egress(archive) == "1,2147483647,2147483647,2147483647,1,0");
    CHECK(egress(archive, between("11:30", "12:00")) == "0,0,0,0,0,0");
  }
  SECTION("open until the death bound") {
    see(archive, "11:00", at("startedAt", "10:00") + bytes("10"));
    archive.add_document(R"({"observedAt":"2024-11-01T11:30:00Z","processes":[]})", std::nullopt);
    CHECK(egress(archive) == "1,10,10,10,1,0");
    Question question = between("11:10", "11:30");
    CHECK(egress(archive, question) == "1,0,0,0,1,0");
    question.max_lifespan_ms = 70 * kMinute;
    CHECK(egress(archive, question) == "0,0,0,0,0,0");
  }
  SECTION("unmetered") {
    see(archive, "11:00", at("createdAt", "10:00") + ",\"status\":\"running\"");
    CHECK(egress(archive) == "0,0,0,0,0,1");
    CHECK(egress(archive, between("08:00", "10:00")) == "0,0,0,0,0,0");
  }
}

TEST_CASE("what is a duplicate and what is restated", "[reference]") {
  Archive archive;
  see(archive, "11:00", bytes("10"));
  archive.add_text(
      R"([{"region":"Tokyo","DeploymentId":"1","app_id":"a","process_id":"p","EgressedBytes":10}]
         [ {"processId": "p", "appId": "a", "deploymentId": 1.0, "region": "Oslo"} ])",
      parse_rfc3339("2024-11-01T12:00:00.0009+01:00"));
  CHECK(archive.duplicates() == 1);
  CHECK(archive.observations().size() == 2);
  Question question;
  question.by = {"region"};
  CHECK(numbers(egress_csv(archive, question)) == "Oslo,1,10,0,10,0,0");
}

TEST_CASE("civil windows of odd zones", "[reference]") {
  Archive archive;
  archive.add_document(R"({"observedAt":"2024-11-01T12:00:00Z","processes":[{)" + kNames +
                           R"(,"startedAt":"2011-12-01T00:00:00Z"}]})",
                       std::nullopt);
  Question question;
  const auto csv = [&](const char* tz, const char* unit, const char* from, const char* to) {
    question.tz = tz;
    question.by = {unit};
    question.from_ms = parse_instant(from, tz);
    question.to_ms = parse_instant(to, tz);
    const std::string rows = numbers(billing_csv(archive, question));
    std::string lengths;  // label=length
    for (std::size_t i = 0; i < rows.size(); i = rows.find('\n', i) + 1) {
      const std::string row = rows.substr(i, rows.find('\n', i) - i);
      lengths += row.substr(0, row.find(',')) + '=' + row.substr(row.rfind(',') + 1) + ' ';
      if (rows.find('\n', i) == std::string::npos) {
        break;
      }
    }
    return lengths;
  };
  CHECK(csv("America/New_York", "hour", "2023-11-05T01:00:00-04:00", "2023-11-05T02:00:00-05:00") ==
        "2023-11-05T01:00:00-04:00=3600000 2023-11-05T01:00:00-05:00=3600000 ");
  CHECK(csv("Australia/Lord_Howe", "hour", "2024-04-07T01:00:00+11:00",
            "2024-04-07T02:00:00+10:30") == "2024-04-07T01:00:00+11:00=5400000 ");
  CHECK(csv("Pacific/Apia", "day", "2011-12-29", "2012-01-01") ==
        "2011-12-29=86400000 2011-12-31=86400000 ");
  CHECK(csv("America/Havana", "day", "2023-11-05", "2023-11-06") == "2023-11-05=90000000 ");
  CHECK(csv("America/Sao_Paulo", "day", "2018-11-04", "2018-11-05") == "2018-11-04=82800000 ");
  CHECK(csv("UTC", "hour", "2023-01-01T00:00:00Z", "2023-01-01T01:00:00Z") ==
        "2023-01-01T00:00:00Z=3600000 ");
}
