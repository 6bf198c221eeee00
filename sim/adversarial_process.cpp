#include "sim/adversarial_process.hpp"

#include <algorithm>

#include "sim/text.hpp"

namespace fleetmeter::sim {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;
constexpr std::int64_t kTwoTo31 = 2'147'483'648;
constexpr std::int64_t kTwoTo32 = 4'294'967'296;

/// The shapes of a process object.
enum class Shape { v1, v1_rooms, v2, v3, early };

Shape any_shape(Random& random) {
  const std::int64_t draw = random.below(20);
  return draw < 10   ? Shape::v1
         : draw < 15 ? Shape::v1_rooms
         : draw < 17 ? Shape::v2
         : draw < 19 ? Shape::v3
                     : Shape::early;
}

std::string any_id(Random& random) {
  static const std::vector<std::string> odd = {"p,1",  "say \"hi\"", "=1+1", " p",  "é",
                                               "0",    "null",       "P",    "p",   "p;2",
                                               "ビー", "-",          "p'3",  "p\\4"};
  const std::int64_t draw = random.below(10);
  return draw < 5   ? random.uuid()
         : draw < 8 ? "p" + std::to_string(random.below(1000))
                    : random.pick(odd);
}

std::string any_deployment(Random& random) {
  static const std::vector<std::string> ids = {"1", "2", "10", "3", "2147483648"};
  return random.chance(850) ? random.pick(ids) : "dep-" + random.hex(8);
}

std::string any_region(Random& random) {
  static const std::vector<std::string> names = {"Seattle", "Sao_Paulo",    "Dubai",
                                                 "Chicago", "Mars, Utopia", "washington_dc"};
  return random.pick(names);
}

std::optional<std::int64_t> maybe(std::int64_t permille, std::int64_t value, Random& random) {
  return random.chance(permille) ? std::optional(value) : std::nullopt;
}

std::int64_t elapsed(const NastyProcess& process, std::int64_t now_ms) {
  return std::clamp<std::int64_t>(now_ms - process.epoch_ms, 0, 40 * kDayMs);
}

std::int64_t wrapped(std::int64_t value) {
  return value >= kTwoTo31 ? value - kTwoTo32 : value;
}

/// The JSON number that the counter shows.
std::string counter_json(const NastyProcess& process, std::int64_t now_ms, Random& random) {
  const std::int64_t risen = elapsed(process, now_ms) / 1000 * process.rate + process.rate % 997;
  switch (process.mood) {
    case CounterMood::dipping:
      return std::to_string(random.chance(250) ? risen * random.below(100) / 100 : risen);
    case CounterMood::breaking:
      return std::to_string(risen % (process.rate * 7000 + 1));
    case CounterMood::wrapping:
      return std::to_string(wrapped(std::min(kTwoTo31 - 5000 + risen, kTwoTo32 - 1)));
    case CounterMood::clamped:
      return std::to_string(std::min(risen * 4096, kTwoTo31 - 1));
    case CounterMood::constant:
      return std::to_string(process.rate);
    case CounterMood::noisy:
      return std::to_string(random.chance(100) ? -kTwoTo31 : random.below(1'000'000'000));
    case CounterMood::fractional:
      return std::to_string(risen) + ".0";
    case CounterMood::exact53:
      return std::to_string((std::int64_t{1} << 53) + 1 + elapsed(process, now_ms) / kHourMs * 2);
    case CounterMood::huge:
      return std::to_string((std::int64_t{1} << 62) - 1 + elapsed(process, now_ms));
    case CounterMood::zero:
      return "0";
    case CounterMood::none:
    case CounterMood::rising:
      break;
  }
  return std::to_string(risen);
}

Value port(const char* name, Random& random) {
  Value out = Value::of_object();
  out.add("transportType", Value::of_raw("\"tcp\""));
  out.add("port", Value::of_raw(std::to_string(random.between(1, 80'000))));
  out.add("host", Value::of_raw("\"1.proxy.hathora.dev\""));
  out.add("name", Value::of_raw(json_text(name)));
  return out;
}

Value room(const NastyProcess& process, std::int64_t now_ms, Random& random) {
  Value allocation = Value::of_object();
  allocation.add_null("unscheduledAt");
  allocation.add("scheduledAt", Value::of_time(now_ms));
  allocation.add("processId", Value::of_raw(json_text(process.id)));
  allocation.add("roomAllocationId", Value::of_raw(json_text(random.uuid())));
  Value out = Value::of_object();
  out.add("currentAllocation", random.chance(700) ? allocation : Value::of_raw("null"));
  out.add("status", Value::of_raw("\"active\""));
  out.add("roomConfig", Value::of_raw(random.chance(500) ? R"("{\"name\":\"my-room\"}")" : "null"));
  out.add("roomId", Value::of_raw(json_text(random.hex(13))));
  out.add("appId", Value::of_raw(json_text(process.app)));
  return out;
}

void add_time(Value& record, const char* key, const NastyProcess& process,
              const std::optional<std::int64_t>& at_ms, const InstantPool& pool,
              std::int64_t now_ms, Random& random) {
  const bool hidden = !at_ms || (process.reveals_in_time ? *at_ms > now_ms : random.chance(150));
  if (hidden) {
    record.add_null(key);
  } else {
    const bool other = !process.reveals_in_time && random.chance(60);
    record.add(key, Value::of_time(other ? pool.draw(random) : *at_ms));
  }
}

void add_names(Value& record, const NastyProcess& process, Shape shape, Random& random) {
  const bool another = process.changes_identity && random.chance(300);
  const auto add = [&](const char* key, Value value, int null_permille) {
    record.add(key, random.chance(null_permille) ? Value::of_raw("null") : std::move(value));
  };
  const int null_permille = process.has_null_names ? 250 : 0;
  const std::string app = another && random.chance(400) ? "app-other" : process.app;
  const std::string deployment =
      another && random.chance(400) ? any_deployment(random) : process.deployment;
  const std::string region = another || !process.region ? any_region(random) : *process.region;
  add("appId", Value::of_raw(json_text(app)), null_permille);
  const bool is_text = deployment.front() == 'd' || shape == Shape::v3;
  add("deploymentId",
      is_text              ? Value::of_raw(json_text(deployment))
      : shape == Shape::v2 ? Value::of_raw(deployment)
                           : Value::of_number_or_text(deployment),
      null_permille);
  add("region", Value::of_raw(json_text(region)), process.region ? 20 : 1000);
}

void add_v1_extras(Value& record, const NastyProcess& process, bool with_rooms, std::int64_t now_ms,
                   Random& random) {
  record.add("draining", Value::of_raw(random.chance(200) ? "true" : "false"));
  record.add("roomsAllocated", Value::of_raw(std::to_string(random.below(3))));
  record.add("activeConnectionsUpdatedAt", Value::of_time(now_ms));
  record.add("roomSlotsAvailable", Value::of_raw(random.chance(100) ? "1.5" : "2"));
  if (!with_rooms) {
    return;
  }
  Value rooms = Value::of_list();
  for (std::int64_t more = random.below(3); more > 0; --more) {
    rooms.add("", room(process, now_ms, random));
  }
  record.add("rooms", rooms);
  record.add("totalRooms", Value::of_raw(std::to_string(random.below(4))));
}

CounterMood any_mood(bool may_be_huge, Random& random) {
  static const std::vector<CounterMood> moods = {
      CounterMood::none,     CounterMood::zero,     CounterMood::rising,     CounterMood::rising,
      CounterMood::rising,   CounterMood::dipping,  CounterMood::dipping,    CounterMood::breaking,
      CounterMood::wrapping, CounterMood::wrapping, CounterMood::clamped,    CounterMood::clamped,
      CounterMood::constant, CounterMood::noisy,    CounterMood::fractional, CounterMood::exact53};
  return may_be_huge ? CounterMood::huge : random.pick(moods);
}

}  // namespace

std::int64_t InstantPool::draw(Random& random) const {
  const std::int64_t at_ms = random.pick(instants);
  return random.chance(850) ? at_ms : at_ms + random.between(-1, 1);
}

InstantPool make_pool(std::int64_t base_ms, Random& random) {
  static const std::vector<std::int64_t> spans = {
      2, 2'000, 120'000, 2 * kHourMs, 6 * kHourMs, 26 * kHourMs, 2 * kDayMs, 5 * kDayMs};
  static const std::vector<std::int64_t> units = {1, 1000, 60'000, 1'800'000};
  // Just as long as the assumptions about grace and lifespan, by default.
  static const std::vector<std::int64_t> telling = {900'000, 72 * kHourMs, kHourMs, kDayMs};
  InstantPool pool{{base_ms}};
  for (std::int64_t more = random.between(6, 18); more > 0; --more) {
    const std::int64_t span = random.pick(spans);
    const std::int64_t unit = random.pick(units);
    pool.instants.push_back(base_ms + random.between(-span, span) / unit * unit);
  }
  for (std::int64_t more = random.below(4); more > 0; --more) {
    const std::int64_t near_ms = random.pick(pool.instants);
    pool.instants.push_back(near_ms + random.pick(telling));
  }
  if (random.chance(80)) {
    pool.instants.push_back(random.between(-3, 3) * 500);  // about 1970
  }
  return pool;
}

NastyProcess make_nasty_process(const InstantPool& pool, bool may_be_huge, Random& random) {
  NastyProcess process;
  process.id = any_id(random);
  process.app = random.chance(500) ? "app-one" : "app-two";
  process.deployment = any_deployment(random);
  if (random.chance(950)) {
    process.region = any_region(random);
  }
  std::vector<std::int64_t> times;
  for (int i = 0; i < 4; ++i) {
    times.push_back(pool.draw(random));
  }
  if (random.chance(600)) {
    std::sort(times.begin(), times.end());
  }
  process.starting_ms = maybe(900, times[0], random);
  process.started_ms = maybe(850, times[1], random);
  process.stopping_ms = maybe(550, times[2], random);
  process.terminated_ms = maybe(550, times[3], random);
  process.reveals_in_time = random.chance(500);
  process.changes_identity = random.chance(150);
  process.has_null_names = random.chance(10);
  process.mood = any_mood(may_be_huge, random);
  process.rate = random.between(1, random.chance(500) ? 100 : 200'000);
  process.epoch_ms = random.chance(500) ? times[1] : random.pick(pool.instants);
  return process;
}

Value nasty_record(const NastyProcess& process, const InstantPool& pool,
                   std::int64_t observed_at_ms, Random& random) {
  const Shape shape = any_shape(random);
  const bool is_v1 = shape == Shape::v1 || shape == Shape::v1_rooms;
  const bool is_modern = shape == Shape::v2 || shape == Shape::v3;
  Value record = Value::of_object();
  record.add("processId", Value::of_raw(json_text(process.id)));
  add_names(record, process, shape, random);
  const auto add_instant = [&](const char* key, const std::optional<std::int64_t>& at_ms) {
    add_time(record, key, process, at_ms, pool, observed_at_ms, random);
  };
  add_instant(is_modern ? "createdAt" : "startingAt", process.starting_ms);
  add_instant("startedAt", process.started_ms);
  add_instant("stoppingAt", process.stopping_ms);
  add_instant("terminatedAt", process.terminated_ms);
  record.add("roomsPerProcess", Value::of_raw("3"));
  if (is_modern) {
    record.add("status", Value::of_raw(random.chance(100) ? "null" : "\"running\""));
  } else {
    add_v1_extras(record, process, shape == Shape::v1_rooms, observed_at_ms, random);
  }
  if (is_v1 && process.mood != CounterMood::none && random.chance(920)) {
    record.add("egressedBytes", Value::of_raw(counter_json(process, observed_at_ms, random)));
  }
  if (random.chance(200)) {
    record.add("exposedPort", random.chance(300) ? Value::of_raw("\"\"") : port("default", random));
  }
  if (random.chance(100)) {
    record.add("anExtraField", Value::of_raw(R"({"kept":[1,2,{"or":"not"}]})"));
  }
  return record;
}

}  // namespace fleetmeter::sim
