#include "sim/adversarial.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "sim/adversarial_process.hpp"
#include "sim/output.hpp"
#include "sim/text.hpp"

namespace fleetmeter::sim {
namespace {

/// An instant at which a zone's clock jumps.
struct ClockChange {
  const char* zone;
  const char* at;
};

constexpr ClockChange kClockChanges[] = {{"America/New_York", "2024-11-03T06:00:00Z"},
                                         {"America/New_York", "2024-03-10T07:00:00Z"},
                                         {"Europe/London", "2024-10-27T01:00:00Z"},
                                         {"Australia/Lord_Howe", "2024-04-06T15:00:00Z"},
                                         {"Australia/Lord_Howe", "2024-10-05T15:30:00Z"},
                                         {"Pacific/Apia", "2011-12-30T10:00:00Z"},
                                         {"Africa/Cairo", "2024-04-25T22:00:00Z"},
                                         {"America/Sao_Paulo", "2018-11-04T03:00:00Z"},
                                         {"America/Havana", "2024-11-03T05:00:00Z"},
                                         {"America/St_Johns", "2006-10-29T02:31:00Z"},
                                         {"Asia/Pyongyang", "2018-05-04T15:00:00Z"},
                                         {"America/Caracas", "2007-12-09T07:00:00Z"},
                                         {"Antarctica/Troll", "2024-03-31T01:00:00Z"},
                                         {"UTC", "2024-02-29T00:00:00Z"},
                                         {"UTC", "2001-09-09T01:46:39Z"},
                                         {"Asia/Tokyo", "2023-12-31T15:00:00Z"},
                                         {"Africa/Casablanca", "2024-03-10T02:00:00Z"},
                                         {"Asia/Gaza", "2016-03-25T23:00:00Z"}};

/// A document before it is spelt.
struct Draft {
  std::int64_t observed_at_ms = 0;
  std::vector<Value> records;
};

const ClockChange& change_of(std::uint64_t seed) {
  return kClockChanges[Random(seed ^ 0x20eU).index(std::size(kClockChanges))];
}

/// The records of one snapshot: some processes, some of them twice.
Draft make_draft(const std::vector<NastyProcess>& processes, const InstantPool& pool,
                 Random& random) {
  Draft draft{pool.draw(random), {}};
  const std::int64_t share = random.chance(80) ? 0 : random.between(150, 900);
  for (const NastyProcess& process : processes) {
    if (!random.chance(share)) {
      continue;
    }
    draft.records.push_back(nasty_record(process, pool, draft.observed_at_ms, random));
    if (random.chance(60)) {
      draft.records.push_back(draft.records.back());
    }
    if (random.chance(80)) {
      draft.records.push_back(nasty_record(process, pool, draft.observed_at_ms, random));
    }
  }
  return draft;
}

std::vector<Draft> make_drafts(Random& random, std::int64_t base_ms) {
  const InstantPool pool = make_pool(base_ms, random);
  std::vector<NastyProcess> processes;
  std::set<std::string> ids;
  const std::int64_t count = random.between(5, random.chance(300) ? 60 : 15);
  const bool has_huge = random.chance(300);
  while (processes.size() < static_cast<std::size_t>(count)) {
    NastyProcess process = make_nasty_process(pool, has_huge && processes.empty(), random);
    if (ids.insert(process.id).second) {
      processes.push_back(std::move(process));
    }
  }
  std::vector<Draft> drafts;
  for (std::int64_t more = random.between(3, random.chance(300) ? 40 : 12); more > 0; --more) {
    drafts.push_back(make_draft(processes, pool, random));
  }
  if (random.chance(500)) {
    std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
      return a.observed_at_ms < b.observed_at_ms;
    });
  }
  // Saved twice, now or later; spelling makes the copies differ.
  for (std::int64_t more = random.below(4); more > 0; --more) {
    const Draft copy = random.pick(drafts);
    const auto place = static_cast<std::ptrdiff_t>(random.index(drafts.size() + 1));
    drafts.insert(drafts.begin() + place, copy);
  }
  return drafts;
}

std::string timed_file_name(std::int64_t observed_at_ms, Random& random) {
  TimeStyle style{.fraction_digits = 0, .offset_minutes = {}, .separators = "--"};
  if (observed_at_ms % 1000 != 0) {
    style = {.fraction_digits = 3, .offset_minutes = 120};
  } else if (random.chance(500)) {
    style.separators = "";
  }
  return instant(observed_at_ms, style) + ".json";
}

std::string envelope(const Draft& draft, const std::string& records, const Spelling& spelling,
                     Random& random) {
  static const std::vector<std::string> extras = {"", R"("list":"running",)", R"("list":"info",)",
                                                  R"("capped":false,)"};
  std::string out = "{\"observedAt\":";
  out += spelt_instant(draft.observed_at_ms, spelling.vendor_times, random);
  out += ',';
  out += random.pick(extras);
  return out + "\"processes\":" + records + '}';
}

/// Spells a draft and appends its documents: one, or one for each record.
void spell(const Draft& draft, const std::string& folder, std::vector<AdversarialDocument>& out,
           Random& random) {
  const Spelling spelling = any_spelling(random);
  const auto finished = [&](const std::string& json) {
    return random.chance(250) ? pretty(json) : json;
  };
  const std::int64_t form = random.below(10);
  if (form == 0 && !draft.records.empty()) {
    const std::string file = folder + timed_file_name(draft.observed_at_ms, random);
    for (const Value& record : draft.records) {
      out.push_back({finished(spelt(record, spelling, random)), draft.observed_at_ms, false, file});
    }
    return;
  }
  Value list = Value::of_list();
  for (const Value& record : draft.records) {
    list.add("", record);
  }
  const std::string records = spelt(list, spelling, random);
  if (form < 4) {
    out.push_back({finished(records), draft.observed_at_ms, false,
                   folder + timed_file_name(draft.observed_at_ms, random)});
    return;
  }
  // An envelope may join the file of the envelope before it.
  const bool joins = !out.empty() && out.back().tells_its_time && random.chance(400);
  out.push_back({finished(envelope(draft, records, spelling, random)), draft.observed_at_ms, true,
                 joins ? out.back().file_name : folder + "snapshots.ndjson"});
}

}  // namespace

std::vector<AdversarialDocument> adversarial_archive(std::uint64_t seed) {
  Random random(seed);
  const std::int64_t base_ms = parse_instant(change_of(seed).at).value_or(0);
  std::vector<AdversarialDocument> out;
  std::int64_t number = 1000;
  for (const Draft& draft : make_drafts(random, base_ms)) {
    spell(draft, std::to_string(++number) + '/', out, random);
  }
  return out;
}

std::string adversarial_zone(std::uint64_t seed) {
  return change_of(seed).zone;
}

void write_adversarial_archive(std::uint64_t seed, const std::string& folder) {
  std::filesystem::create_directories(folder);
  std::string last;
  for (const AdversarialDocument& document : adversarial_archive(seed)) {
    const std::filesystem::path path = std::filesystem::path(folder) / document.file_name;
    std::filesystem::create_directories(path.parent_path());
    OutputFile file(path.string(), document.file_name == last);
    file.write(document.text);
    file.write("\n");
    file.close();
    last = document.file_name;
  }
}

}  // namespace fleetmeter::sim
