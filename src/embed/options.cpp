#include "embed/options.hpp"

#include <charconv>

namespace fleetmeter::embed {

namespace {

constexpr std::int64_t kBytesPerMib = 1024 * 1024;

/// How one option is read into what it belongs to.
template <class Into>
using Readers = std::map<std::string, void (*)(Into&, const std::string& value)>;

std::int64_t whole_number(const std::string& name, const std::string& value) {
  std::int64_t number = 0;
  const auto end = std::from_chars(value.data(), value.data() + value.size(), number);
  if (end.ec != std::errc{} || end.ptr != value.data() + value.size() || number < 0) {
    throw Error(ErrorKind::usage, name + ": not a whole number (" + printable(value) + ")");
  }
  return number;
}

bool yes_or_no(const std::string& name, const std::string& value) {
  if (value != "true" && value != "false") {
    throw Error(ErrorKind::usage, name + ": true or false (" + printable(value) + ")");
  }
  return value == "true";
}

[[noreturn]] void refuse(const std::string& name, const std::vector<std::string>& known) {
  throw Error(ErrorKind::usage,
              printable(name) + ": no such option here" + did_you_mean(name, known));
}

/// Reads options one by one; `other` takes those that have no reader, or says false.
template <class Into, class Other>
void read(GivenOptions given, const Readers<Into>& readers, Into& into, Other&& other) {
  for (; given != nullptr && *given != nullptr; given += 2) {
    const std::string name = given[0];
    if (given[1] == nullptr) {
      throw Error(ErrorKind::usage, printable(name) + ": an option without a value");
    }
    const auto reader = readers.find(name);
    if (reader != readers.end()) {
      reader->second(into, given[1]);
    } else if (!other(name, std::string(given[1]))) {
      std::vector<std::string> known;
      for (const auto& [one, how] : readers) {
        known.push_back(one);
      }
      refuse(name, known);
    }
  }
}

bool nothing_else(const std::string& /*name*/, const std::string& /*value*/) {
  return false;
}

using Text = const std::string&;

const Readers<Asked>& question_readers() {
  static const Readers<Asked> kReaders{
      {"from", [](Asked& a, Text v) { a.window.from = v; }},
      {"to", [](Asked& a, Text v) { a.window.to = v; }},
      {"day", [](Asked& a, Text v) { a.window.day = v; }},
      {"month", [](Asked& a, Text v) { a.window.month = v; }},
      {"last-month", [](Asked& a, Text v) { a.window.last_month = yes_or_no("last-month", v); }},
      {"this-month", [](Asked& a, Text v) { a.window.this_month = yes_or_no("this-month", v); }},
      {"yesterday", [](Asked& a, Text v) { a.window.yesterday = yes_or_no("yesterday", v); }},
      {"tz",
       [](Asked& a, Text v) {
         a.question.tz = v;
         a.pricing.tz = v;
         a.has_zone = true;
       }},
      {"by", [](Asked& a, Text v) { a.question.by = parse_group_by(v); }},
      {"app", [](Asked& a, Text v) { a.question.app_ids.push_back(v); }},
      {"region", [](Asked& a, Text v) { a.question.regions.push_back(v); }},
      {"deployment", [](Asked& a, Text v) { a.question.deployment_ids.push_back(v); }},
      {"process", [](Asked& a, Text v) { a.question.process_ids.push_back(v); }},
      {"as-of", [](Asked& a, Text v) { a.as_of = v; }},
      {"grace", [](Asked& a, Text v) { a.question.grace_ms = parse_duration("grace", v); }},
      {"max-lifespan",
       [](Asked& a, Text v) { a.question.max_lifespan_ms = parse_duration("max-lifespan", v); }},
      {"absence", [](Asked& a, Text v) { a.question.absence = parse_absence("absence", v); }},
      {"known-seq", [](Asked& a, Text v) { a.question.known_seq = whole_number("known-seq", v); }},
      {"known-at", [](Asked& a, Text v) { a.known_at = v; }},
      {"scan", [](Asked& a, Text v) { a.question.scan = yes_or_no("scan", v); }},
      {"rates", [](Asked& a, Text v) { a.pricing.rates = v; }},
      {"policy", [](Asked& a, Text v) { a.pricing.policy = v; }},
      {"flag", [](Asked& a, Text v) { a.flags.push_back(parse_flag("flag", v)); }},
      {"gap", [](Asked& a, Text v) { a.gap_ms = parse_duration("gap", v); }},
  };
  return kReaders;
}

const Readers<IngestOptions>& ingest_readers() {
  using Into = IngestOptions;
  static const Readers<Into> kReaders{
      {"observed-at", [](Into& o, Text v) { o.observed_at = parse_observed_at(v); }},
      {"name-tz", [](Into& o, Text v) { o.name_tz = v; }},
      {"name-pattern", [](Into& o, Text v) { o.name_pattern = v; }},
      {"list", [](Into& o, Text v) { o.list = v; }},
      {"list-app", [](Into& o, Text v) { o.list_app = v; }},
      {"list-region", [](Into& o, Text v) { o.list_region = v; }},
      {"absence", [](Into& o, Text v) { o.absence = parse_absence("absence", v); }},
      {"include", [](Into& o, Text v) { o.include.push_back(v); }},
      {"any-time", [](Into& o, Text v) { o.any_time = yes_or_no("any-time", v); }},
      {"dry-run", [](Into& o, Text v) { o.dry_run = yes_or_no("dry-run", v); }},
      {"max-record",
       [](Into& o, Text v) {
         constexpr std::int64_t kMost = 1024;
         const std::int64_t mib = whole_number("max-record", v);
         if (mib < 1 || mib > kMost) {
           throw Error(ErrorKind::usage, "max-record: 1 to 1024 MiB (" + printable(v) + ")");
         }
         o.max_record_bytes = static_cast<std::size_t>(mib * kBytesPerMib);
       }},
  };
  return kReaders;
}

}  // namespace

Asked read_question(GivenOptions given) {
  Asked asked;
  read(given, question_readers(), asked, [&](const std::string& name, const std::string& value) {
    const bool is_parameter = name.size() > 1 && name.front() == ':';
    if (is_parameter) {
      asked.parameters[name.substr(1)] = value;
    }
    return is_parameter;
  });
  return asked;
}

IngestOptions read_ingest(GivenOptions given) {
  IngestOptions options;
  read(given, ingest_readers(), options, nothing_else);
  return options;
}

SqlLimits read_limits(GivenOptions given) {
  static const Readers<SqlLimits> kReaders{
      {"timeout", [](SqlLimits& o, Text v) { o.timeout_ms = parse_duration("timeout", v); }},
      {"max-rows", [](SqlLimits& o, Text v) { o.max_rows = whole_number("max-rows", v); }},
  };
  SqlLimits limits;
  read(given, kReaders, limits, nothing_else);
  return limits;
}

MoneyGiven read_money(GivenOptions given) {
  static const Readers<MoneyGiven> kReaders{
      {"id", [](MoneyGiven& o, Text v) { o.invoice_id = v; }},
      {"month", [](MoneyGiven& o, Text v) { o.month = v; }},
      {"currency", [](MoneyGiven& o, Text v) { o.currency = v; }},
  };
  MoneyGiven money;
  read(given, kReaders, money, nothing_else);
  return money;
}

void settle_window(Asked& asked, const Store& store, const std::string& zone) {
  if (!asked.has_zone) {
    asked.question.tz = zone;
  }
  if (asked.as_of) {
    asked.question.as_of_ms = parse_instant("as-of", *asked.as_of, asked.question.tz);
  }
  if (asked.known_at) {
    asked.question.known_at_ms = parse_instant("known-at", *asked.known_at, asked.question.tz);
  }
  if (asked.window.counts_from_as_of()) {
    asked.window = counted_from(store.as_of(asked.question), asked.window, asked.question.tz);
  }
  set_window(asked.question, asked.window);
}

}  // namespace fleetmeter::embed
