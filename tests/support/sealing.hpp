#pragma once

// Three months of a fleet that nobody watched well, and their seals.

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "base/time_text.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace fleetmeter::test {

inline const char* const kKey =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
    "-----END PRIVATE KEY-----\n";
inline const char* const kPublicKey =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr std::int64_t kSealHour = 3'600'000;
inline const std::int64_t kBegin = *base::parse_rfc3339("2024-10-01T00:00:00Z").ms;
inline const std::vector<std::string> kMonths{"2024-10", "2024-11", "2024-12"};

/// What a fleet did in three months, and the polls that saw some of it, each a document.
class Fleet {
 public:
  explicit Fleet(unsigned seed) : random_(seed) {
    for (int i = 0; i < 25; ++i) {
      const std::int64_t start_ms = kBegin + below(91 * 24) * kSealHour + below(3600) * 1000;
      processes_.push_back(
          {"p" + std::to_string(i), "app-" + std::to_string(below(2)),
           std::array{"Tokyo", "London", "Oslo \\\"x\\\""}[static_cast<std::size_t>(below(3))],
           start_ms, start_ms + (1 + below(60)) * kSealHour});
    }
  }

  /// In any order.
  std::vector<std::string> documents() {
    std::vector<std::string> all;
    for (int i = 0; i < 60; ++i) {
      all.push_back(seen_at(kBegin + below(95 * 24) * kSealHour + below(3600) * 1000));
    }
    std::shuffle(all.begin(), all.end(), random_);
    return all;
  }

  std::int64_t below(std::int64_t end) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(end));
  }

 private:
  struct Process {
    std::string id;
    std::string app;
    std::string region;
    std::int64_t start_ms = 0;
    std::int64_t stop_ms = 0;
  };

  std::string seen_at(std::int64_t at_ms) {
    std::string text;
    for (const Process& one : processes_) {
      if (one.start_ms > at_ms || below(4) == 0) {
        continue;
      }
      const bool over = one.stop_ms <= at_ms;
      const std::int64_t ran_ms = (over ? one.stop_ms : at_ms) - one.start_ms;
      text += (text.empty() ? "" : ",") + (R"({"processId":")" + one.id) + R"(","appId":")" +
              one.app + R"(","deploymentId":1,"region":")" + one.region + R"(","startedAt":")" +
              base::format_utc(one.start_ms) + '"' +
              (over ? R"(,"stoppingAt":")" + base::format_utc(one.stop_ms) + '"' : "") +
              R"(,"egressedBytes":)" + std::to_string(ran_ms / 100 + below(3)) + '}';
    }
    return R"({"observedAt":")" + base::format_utc(at_ms) + R"(",)" +
           (below(3) == 0 ? R"("list":"running",)" : "") + R"("processes":[)" + text + "]}\n";
  }

  std::mt19937_64 random_;
  std::vector<Process> processes_;
};

inline bool is_over(const Store& store, const std::string& month) {
  Question question;
  set_window(question, {{}, {}, {}, month});
  const auto last_ms = store.status(Store::Gaps::left_out).last_observed_at_ms;
  return last_ms && *last_ms >= *question.to_ms;
}

inline SealRow seal_month(Store& store, const std::string& month, bool is_signed = true) {
  SealRequest request;
  request.month = month;
  request.origin = "example.com/billing";
  if (is_signed) {
    request.key_pem = kKey;
  }
  return store.seal(request, {});
}

inline void expect_ok(const std::vector<SealFinding>& findings) {
  for (const SealFinding& one : findings) {
    INFO("seal " << one.seal_seq << ": " << one.place.value_or("") << ": "
                 << one.sealed.value_or("nothing") << ", " << one.found.value_or("nothing"));
    CHECK(one.status == SealFinding::Status::ok);
  }
}

/// A store of three sealed months, with adjustments in the later seals.
inline void make_sealed(const std::string& path, const Folder& folder) {
  Fleet fleet(7);
  Store store = Store::open_or_create(path);
  const auto documents = fleet.documents();
  const std::string last = R"({"observedAt":"2025-01-03T00:00:00Z","processes":[]})";
  store.ingest({folder.write("last.json", last)});
  for (std::size_t i = 0; i < 3; ++i) {
    std::string text;
    for (std::size_t at = i * 20; at < (i + 1) * 20; ++at) {
      text += documents[at];
    }
    store.ingest({folder.write("part" + std::to_string(i) + ".ndjson", text)});
    static_cast<void>(seal_month(store, kMonths[i]));
  }
  REQUIRE(store.seals().back().adjustments > 0);
}

}  // namespace fleetmeter::test
