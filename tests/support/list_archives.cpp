#include "support/list_archives.hpp"

#include <algorithm>

#include "sim/random.hpp"
#include "sim/text.hpp"
#include "support/list_faults.hpp"

namespace fleetmeter::test {

namespace {

using sim::json_text;

constexpr std::int64_t kStart_ms = 1'730'419'200'000;  // 2024-11-01T00:00:00Z
constexpr std::int64_t kMinute_ms = 60'000;

class Maker {
 public:
  explicit Maker(std::uint64_t seed, std::string suffix = "")
      : random_(seed), suffix_(std::move(suffix)) {}
  std::vector<ListDocument> make();

 private:
  /// What a list was asked for; "" for everything.
  struct Scope {
    std::string app;
    std::string region;
  };
  std::int64_t rarely(std::int64_t permille) {
    return random_.chance(300) ? random_.between(1, permille) : 0;
  }
  std::int64_t instant(std::int64_t minutes);
  void make_faults();
  void make_lives();
  Life make_life(int number);
  std::string region_of(const Life& life) { return random_.pick(life.regions); }

  ListDocument make_running(std::int64_t at_ms);
  ListDocument make_other(std::int64_t at_ms);
  std::vector<std::string> elements(const std::vector<const Life*>& lives, const Scope& scope,
                                    std::int64_t at_ms);
  std::vector<const Life*> held(const Scope& scope, std::int64_t at_ms);
  std::string record(const Life& life, const std::string& region, std::int64_t at_ms);
  std::string start_times(const Life& life, std::int64_t at_ms);
  void add_scope(ListDocument& document, std::string& envelope, Scope scope);
  std::string capped(std::size_t found, std::size_t kept);
  void add_list_kind(ListDocument& document, std::string& envelope);
  void redeliver(std::vector<ListDocument>& documents);

  sim::Random random_;
  std::string suffix_;  // of its own names
  Faults faults_;
  std::int64_t span_minutes_ = 0;
  std::int64_t grain_ms_ = 0;
  std::vector<std::string> apps_;
  std::vector<std::string> regions_;
  std::vector<Life> lives_;
  std::size_t cut_ = 10;            // elements at most
  std::int64_t slowest_start_ = 0;  // minutes
  bool by_region_ = false;          // how the archive's lists are asked for, most of them
  bool by_flag_ = false;
};

std::string member(const char* key, const std::string& value) {
  return ",\"" + std::string(key) + "\":" + value;
}

std::string time_member(const char* key, std::int64_t at_ms) {
  return member(key, json_text(sim::instant(at_ms)));
}

/// Mostly round, so that instants coincide.
std::int64_t Maker::instant(std::int64_t minutes) {
  const std::int64_t beside = random_.chance(150) ? random_.between(-1, 1) : 0;
  return kStart_ms + minutes * kMinute_ms / grain_ms_ * grain_ms_ + beside;
}

void Maker::make_faults() {
  faults_.drop = rarely(300);
  faults_.add = rarely(300);
  faults_.repeat = rarely(100);
  faults_.bare_time = rarely(150);
  faults_.bare_place = rarely(150);
  faults_.other_api = rarely(300);
  faults_.reject = rarely(600);
  faults_.wrong_scope = rarely(300);
  faults_.odd_list = rarely(300);
  faults_.move_time = rarely(200);
  by_region_ = random_.chance(600);
  cut_ = random_.pick(std::vector<std::size_t>{10, 10, 10, 1, 2, 3, 5});
  slowest_start_ = random_.pick(std::vector<std::int64_t>{1, 3, 3, 20});
  by_flag_ = random_.chance(300);
}

Life Maker::make_life(int number) {
  Life life;
  life.id = "p" + std::to_string(number) + suffix_;
  life.app = random_.pick(apps_);
  life.regions = {random_.pick(regions_)};
  if (random_.chance(80)) {
    life.regions.push_back(random_.chance(200) ? "" : random_.pick(regions_));
  }
  const std::int64_t from = random_.between(-20, span_minutes_ * 2 / 3);
  life.starting_ms = instant(from);
  life.started_ms = instant(from + random_.below(slowest_start_));
  life.gone_ms = instant(from + random_.between(1, 5 + span_minutes_ / 2));
  life.tells_its_end = random_.chance(300);
  life.stops_in_advance = random_.chance(60);
  return life;
}

void Maker::make_lives() {
  span_minutes_ = random_.pick(std::vector<std::int64_t>{20, 60, 60, 240, 1500});
  grain_ms_ = random_.pick(std::vector<std::int64_t>{1000, kMinute_ms, 5 * kMinute_ms});
  apps_.assign({"a" + suffix_, "b" + suffix_, "c" + suffix_});
  apps_.resize(random_.pick(std::vector<std::size_t>{1, 1, 2, 3}));
  regions_.assign({"Oslo", "Rome", "Tokyo"});
  regions_.resize(random_.pick(std::vector<std::size_t>{1, 1, 2, 3}));
  const std::int64_t lives = random_.chance(300) ? random_.between(20, 50) : random_.between(2, 12);
  for (int number = 0; number < lives; ++number) {
    lives_.push_back(make_life(number));
  }
}

/// What the vendor's API would give, before it is cut: the most recently started first.
std::vector<const Life*> Maker::held(const Scope& scope, std::int64_t at_ms) {
  std::vector<const Life*> out;
  for (const Life& life : lives_) {
    const bool is_in = (scope.app.empty() || scope.app == life.app) &&
                       (scope.region.empty() || life.regions.front() == scope.region);
    const bool runs = life.starting_ms <= at_ms && at_ms < life.gone_ms;
    if (is_in && runs && !random_.chance(faults_.drop)) {
      out.push_back(&life);
    }
  }
  const bool by_started = random_.chance(700);
  std::stable_sort(out.begin(), out.end(), [&](const Life* a, const Life* b) {
    return by_started ? a->started_ms > b->started_ms : a->starting_ms > b->starting_ms;
  });
  if (random_.chance(faults_.add)) {
    out.push_back(&random_.pick(lives_));
  }
  return out;
}

std::string Maker::start_times(const Life& life, std::int64_t at_ms) {
  const std::int64_t moved =
      random_.chance(faults_.move_time) ? random_.between(-4, 8) * 5 * kMinute_ms : 0;
  std::string out;
  const bool has_started = life.started_ms <= at_ms || random_.chance(500);
  if (has_started && !random_.chance(faults_.bare_time)) {
    out += time_member("startedAt", life.started_ms + moved);
  } else if (random_.chance(300)) {
    out += member("startedAt", random_.chance(500) ? "null" : R"("0001-01-01T00:00:00Z")");
  }
  if (random_.chance(faults_.other_api)) {
    const std::int64_t kind = random_.below(3);
    out += kind != 1 ? time_member("createdAt", life.starting_ms) : "";
    out += kind != 0 ? member("status", R"("running")") : "";
    out += kind == 1 ? time_member("startingAt", life.starting_ms) : "";
  } else if (!random_.chance(faults_.bare_time)) {
    out += time_member("startingAt", life.starting_ms);
  }
  return out;
}

std::string Maker::record(const Life& life, const std::string& region, std::int64_t at_ms) {
  std::string out = "{\"processId\":" + json_text(life.id) + start_times(life, at_ms);
  if (!random_.chance(faults_.bare_place)) {
    out += member("appId", json_text(random_.chance(faults_.bare_place / 4) ? "" : life.app));
  }
  if (!random_.chance(faults_.bare_place)) {
    out += member("region", json_text(region));
  }
  if (life.stops_in_advance || (life.tells_its_end && at_ms >= life.gone_ms)) {
    out += random_.chance(800) ? time_member("stoppingAt", life.gone_ms) : "";
    out += random_.chance(700) ? time_member("terminatedAt", life.gone_ms + kMinute_ms) : "";
  }
  return out + member("egressedBytes", std::to_string((at_ms - kStart_ms) / 1000 + 10'000)) + '}';
}

std::vector<std::string> Maker::elements(const std::vector<const Life*>& lives, const Scope& scope,
                                         std::int64_t at_ms) {
  std::vector<std::string> out;
  for (const Life* life : lives) {
    const bool stays = random_.chance(700);
    const std::string region = stays && !scope.region.empty() ? scope.region : region_of(*life);
    out.push_back(record(*life, region, at_ms));
    if (random_.chance(faults_.repeat)) {
      out.push_back(random_.chance(500) ? out.back() : record(*life, region, at_ms));
    }
  }
  if (!out.empty() && random_.chance(faults_.reject)) {
    static const std::vector<std::string> kNoProcesses = {
        "{}", "null", "7", R"({"processId":"p0","egressedBytes":-3000000000})",
        R"({"processId":"p1","startedAt":"soon"})"};
    out.insert(out.begin() + random_.below(static_cast<std::int64_t>(out.size()) + 1),
               random_.pick(kNoProcesses));
  }
  return out;
}

/// What an envelope says of a list's completeness; "" mostly where it was not cut.
std::string Maker::capped(std::size_t found, std::size_t kept) {
  const std::int64_t draw = random_.below(100);
  if (draw < 10) {
    return member("capped", draw < 5 ? "true" : "false");
  }
  if (found > kept) {
    return draw < 60 || cut_ < 10 ? member("capped", "true") : "";
  }
  return draw < 30 ? member("capped", "false") : "";
}

void Maker::add_scope(ListDocument& document, std::string& envelope, Scope scope) {
  if (random_.chance(faults_.wrong_scope)) {
    (random_.chance(500) ? scope.app : scope.region) = random_.chance(500) ? "Oslo" : "a";
  }
  const bool says_app = random_.chance(850);
  const bool says_region = random_.chance(900);
  if (by_flag_ || random_.chance(100)) {
    document.flag_app = says_app ? scope.app : "";
    document.flag_region = says_region ? scope.region : "";
  }
  const bool is_path = random_.chance(200) && !scope.app.empty() && !scope.region.empty();
  if (is_path) {
    document.path_app = scope.app;
    document.path_region = scope.region;
    document.path_list = random_.chance(900) ? "running" : "stopped";
  }
  if (by_flag_ ? random_.chance(100) : !is_path || random_.chance(500)) {
    envelope += says_app && !scope.app.empty() ? member("appId", json_text(scope.app)) : "";
    if (says_region && !scope.region.empty()) {
      envelope += member("region", json_text(scope.region));
    } else if (random_.chance(100)) {
      envelope += member("region", random_.pick(std::vector<std::string>{"\"\"", "null", "7"}));
    }
  }
}

void Maker::add_list_kind(ListDocument& document, std::string& envelope) {
  if (by_flag_ || random_.chance(50)) {
    document.flag_list = random_.chance(950) ? "running" : "";
  }
  if (!by_flag_ || random_.chance(100)) {
    envelope += random_.chance(970)
                    ? member("list", random_.chance(100) ? R"("Running")" : R"("running")")
                    : member("list", R"("latest")");
  }
}

std::string list_text(const std::vector<std::string>& elements) {
  std::string out;
  for (const std::string& element : elements) {
    out += (out.empty() ? "" : ",") + element;
  }
  return '[' + out + ']';
}

ListDocument Maker::make_running(std::int64_t at_ms) {
  Scope scope;
  if (by_region_ ? random_.chance(950) : random_.chance(200)) {
    scope = {random_.pick(apps_), random_.pick(regions_)};
  } else if (random_.chance(500)) {
    scope.app = random_.pick(apps_);
  } else if (random_.chance(200)) {
    scope.region = random_.pick(regions_);
  }
  ListDocument document;
  document.observed_at_ms = at_ms;
  document.tells_its_time = random_.chance(800);
  std::vector<const Life*> lives = held(scope, at_ms);
  const std::size_t found = lives.size();
  if (found > cut_ && random_.chance(850)) {
    lives.resize(cut_);
  }
  const std::vector<std::string> all = elements(lives, scope, at_ms);
  std::string envelope;
  add_list_kind(document, envelope);
  add_scope(document, envelope, scope);
  envelope += capped(found, lives.size());
  if (random_.chance(faults_.odd_list)) {
    const std::int64_t kind = random_.below(3);
    envelope += kind == 0   ? member("processes", "null")
                : kind == 1 ? member("processes", "[]")
                            : "";
  } else if (!document.tells_its_time) {
    document.text = list_text(all);
    return document;
  } else {
    envelope += member("processes", list_text(all));
  }
  document.tells_its_time = true;
  document.text = '{' + time_member("observedAt", at_ms).substr(1) + envelope + '}';
  return document;
}

/// A list of stopped processes, one process, or anything at all that does not say what it is.
ListDocument Maker::make_other(std::int64_t at_ms) {
  ListDocument document;
  document.observed_at_ms = at_ms;
  std::vector<const Life*> lives;
  for (const Life& life : lives_) {
    if (life.gone_ms <= at_ms ? random_.chance(400) : random_.chance(100)) {
      lives.push_back(&life);
    }
  }
  if (!lives.empty() && random_.chance(200)) {
    document.text = record(*lives.front(), region_of(*lives.front()), at_ms);
    document.flag_list = random_.chance(200) ? "running" : "";
    return document;
  }
  document.text = list_text(elements(lives, {}, at_ms));
  if (random_.chance(600)) {
    document.tells_its_time = true;
    document.text = '{' + time_member("observedAt", at_ms).substr(1) +
                    (random_.chance(500) ? member("list", R"("stopped")") : "") +
                    member("processes", document.text) + '}';
  }
  return document;
}

/// Some documents come again, also as a list of another kind or scope, or without trust.
void Maker::redeliver(std::vector<ListDocument>& documents) {
  const std::size_t once = documents.size();
  for (std::size_t i = 0; i < once; ++i) {
    documents[i].ignores_absence = random_.chance(30);
    if (random_.chance(120)) {
      ListDocument again = documents[i];
      again.ignores_absence = false;
      if (random_.chance(700)) {
        again.flag_list = "running";
        again.flag_app = random_.chance(400) ? random_.pick(apps_) : "";
        again.flag_region = random_.chance(300) ? random_.pick(regions_) : "";
      }
      documents.push_back(again);
    }
  }
}

std::vector<ListDocument> Maker::make() {
  make_faults();
  make_lives();
  std::vector<ListDocument> out;
  const std::int64_t polls = random_.between(3, 9);
  const std::int64_t every = std::max<std::int64_t>(1, span_minutes_ / polls);
  for (std::int64_t poll = 0; poll < polls; ++poll) {
    const std::int64_t lists = random_.between(1, by_region_ ? 5 : 2);
    const std::int64_t at_ms = instant(poll * every + random_.below(every + 1));
    for (std::int64_t i = 0; i < lists; ++i) {
      const std::int64_t own_ms = random_.chance(800) ? at_ms : at_ms + random_.between(1, 90'000);
      out.push_back(random_.chance(850) ? make_running(own_ms) : make_other(own_ms));
    }
  }
  redeliver(out);
  if (random_.chance(500)) {
    random_.shuffle(out);
  }
  return out;
}

}  // namespace

std::vector<ListDocument> list_archive(std::uint64_t seed) {
  return Maker(seed).make();
}

std::vector<ListDocument> list_archives(std::uint64_t seed, std::uint64_t count) {
  std::vector<ListDocument> out;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::vector<ListDocument> one =
        Maker(seed * count + i, '-' + std::to_string(i + 1)).make();
    out.insert(out.end(), one.begin(), one.end());
  }
  sim::Random(seed).shuffle(out);
  return out;
}

}  // namespace fleetmeter::test
