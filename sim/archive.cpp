#include "sim/archive.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <memory>

#include "sim/activity.hpp"
#include "sim/delivery.hpp"

namespace fleetmeter::sim {
namespace {

constexpr std::size_t kCap = 10;

/// A process that is alive, with its record as it stood when something last changed.
struct Live {
  Live(TrueProcess process, int rooms_per_process, bool busy_players)
      : truth(std::move(process)), activity(truth, rooms_per_process, busy_players) {}

  TrueProcess truth;
  Activity activity;
  RecordText text;
  Api text_api = Api::v1;
  std::int64_t text_valid_until_ms = std::numeric_limits<std::int64_t>::min();
};

/// Polls a fleet again and again and writes what the lists of the API would have said.
class Poller {
 public:
  Poller(const ArchiveOptions& options, const DocumentSink& sink, const TruthSink& truth_sink)
      : options_(options),
        truth_sink_(truth_sink),
        arrivals_(options.fleet),
        next_arrival_(arrivals_.next()),
        random_(options.fleet.seed ^ 0x9011U),
        writer_(options.key_order, options.fleet.seed ^ 0x0edeU),
        delivery_(options, sink) {}

  void run();

 private:
  void admit(std::int64_t now_ms);
  bool is_missed();
  void poll(std::int64_t now_ms);
  /// What a list was asked for; empty texts for everything.
  struct Scope {
    std::string app;
    std::string region;
  };
  [[nodiscard]] std::vector<Scope> scopes() const;
  void write_lists(const std::vector<Live*>& members, std::int64_t now_ms, const char* list,
                   bool even_empty);
  void write_list(const std::vector<Live*>& members, std::int64_t now_ms, const char* list,
                  const Scope& scope);
  void open_envelope(std::int64_t now_ms, const char* list, bool capped, const Scope& scope);
  void append_record(Live& live, std::int64_t now_ms, Api api);
  std::int64_t counter_of(const TrueProcess& process, std::int64_t now_ms);
  Api choose_api();
  void tell_truth(const TrueProcess& process);

  const ArchiveOptions& options_;
  const TruthSink& truth_sink_;
  Arrivals arrivals_;
  TrueProcess next_arrival_;
  Random random_;
  RecordWriter writer_;
  Delivery delivery_;
  std::vector<std::unique_ptr<Live>> alive_;  // oldest first
  std::int64_t missing_polls_ = 0;
  std::string text_;
};

void Poller::run() {
  const std::int64_t end_ms = options_.fleet.start_ms + options_.fleet.duration_ms;
  const std::int64_t poll_ms = std::int64_t{1000} * options_.poll_s;
  for (std::int64_t due_ms = options_.fleet.start_ms; due_ms < end_ms; due_ms += poll_ms) {
    // Cron is up to two seconds late; a file's name tells whole seconds alone.
    const std::int64_t delay_ms = random_.below(std::min<std::int64_t>(2000, poll_ms));
    const std::int64_t now_ms =
        due_ms + (options_.form == Form::array ? delay_ms / 1000 * 1000 : delay_ms);
    admit(now_ms);
    if (!is_missed()) {
      poll(now_ms);
    }
  }
  delivery_.finish();
  for (const auto& live : alive_) {
    tell_truth(live->truth);
  }
}

void Poller::admit(std::int64_t now_ms) {
  while (next_arrival_.starting_ms <= now_ms) {
    const App& app = arrivals_.catalogue().apps[next_arrival_.app_index];
    const int rooms = app.deployments[next_arrival_.deployment_index].rooms_per_process;
    alive_.push_back(
        std::make_unique<Live>(std::move(next_arrival_), rooms, options_.fleet.busy_players));
    next_arrival_ = arrivals_.next();
  }
}

/// Polls are missed in runs of 1 to 11, 6 on average.
bool Poller::is_missed() {
  if (missing_polls_ == 0 && options_.gaps > 0 && random_.below(6000) < options_.gaps) {
    missing_polls_ = random_.between(1, 11);
  }
  if (missing_polls_ == 0) {
    return false;
  }
  --missing_polls_;
  return true;
}

void Poller::poll(std::int64_t now_ms) {
  std::vector<Live*> running;
  std::vector<Live*> stopped;
  for (auto live = alive_.rbegin(); live != alive_.rend(); ++live) {
    if ((*live)->truth.terminated_ms > now_ms) {
      running.push_back(live->get());
    } else if (!random_.chance(options_.lost_finals)) {
      stopped.push_back(live->get());
    }
  }
  std::stable_sort(stopped.begin(), stopped.end(), [](const Live* a, const Live* b) {
    return a->truth.terminated_ms > b->truth.terminated_ms;
  });
  write_lists(running, now_ms, "running", true);
  if (!options_.running_only) {
    write_lists(stopped, now_ms, "stopped", false);
  }
  std::erase_if(alive_, [&](const std::unique_ptr<Live>& live) {
    const bool gone = live->truth.terminated_ms <= now_ms;
    if (gone) {
      tell_truth(live->truth);
    }
    return gone;
  });
}

std::vector<Poller::Scope> Poller::scopes() const {
  std::vector<Scope> all;
  for (const App& app : arrivals_.catalogue().apps) {
    for (const std::string& region : arrivals_.catalogue().regions) {
      all.push_back({app.id, region});
    }
  }
  return all;
}

void Poller::write_lists(const std::vector<Live*>& members, std::int64_t now_ms, const char* list,
                         bool even_empty) {
  if (!options_.by_region) {
    if (even_empty || !members.empty()) {
      write_list(members, now_ms, list, {});
    }
    return;
  }
  for (const Scope& scope : scopes()) {
    std::vector<Live*> here;
    std::copy_if(members.begin(), members.end(), std::back_inserter(here), [&](const Live* live) {
      return live->truth.app == scope.app && live->truth.region == scope.region;
    });
    if (even_empty || !here.empty()) {
      write_list(here, now_ms, list, scope);
    }
  }
}

void Poller::open_envelope(std::int64_t now_ms, const char* list, bool capped, const Scope& scope) {
  text_ += "{\"observedAt\":\"";
  append_instant(text_, now_ms);
  text_ += "\",\"list\":\"";
  text_ += list;
  text_ += capped ? "\",\"capped\":true" : "\"";
  if (!scope.app.empty()) {
    text_ += ",\"appId\":" + json_text(scope.app) + ",\"region\":" + json_text(scope.region);
  }
  text_ += ",\"processes\":";
}

void Poller::write_list(const std::vector<Live*>& members, std::int64_t now_ms, const char* list,
                        const Scope& scope) {
  const bool capped = options_.cap10 && members.size() > kCap;
  const Api api = choose_api();
  text_.clear();
  if (options_.form == Form::envelope) {
    open_envelope(now_ms, list, capped, scope);
  }
  text_ += '[';
  for (std::size_t i = 0; i < (capped ? kCap : members.size()); ++i) {
    text_ += i == 0 ? "" : ",";
    append_record(*members[i], now_ms, api);
  }
  text_ += options_.form == Form::envelope ? "]}" : "]";
  if (options_.form == Form::log) {
    text_ = R"({"timestamp":")" + instant(now_ms) +
            R"(","level":"info","logger":"poller","message":)" + json_text(text_) + '}';
  }
  delivery_.deliver(text_, now_ms, scope.region.empty() ? list : list + ('-' + scope.region));
}

void Poller::append_record(Live& live, std::int64_t now_ms, Api api) {
  if (now_ms >= live.text_valid_until_ms || api != live.text_api) {
    const TrueProcess& truth = live.truth;
    live.activity.advance(now_ms);
    live.text = writer_.write(truth, arrivals_.catalogue().apps[truth.app_index], live.activity,
                              now_ms, api);
    live.text_api = api;
    live.text_valid_until_ms = live.activity.next_change_ms();
    for (const std::int64_t change_ms :
         {truth.started_ms, truth.draining_ms, truth.stopping_ms, truth.terminated_ms}) {
      if (change_ms > now_ms) {
        live.text_valid_until_ms = std::min(live.text_valid_until_ms, change_ms);
      }
    }
  }
  text_ += live.text.head;
  if (!live.text.tail.empty()) {
    append_number(text_, counter_of(live.truth, now_ms));
    text_ += live.text.tail;
  }
}

/// A stale read tells what the counter was some polls ago.
std::int64_t Poller::counter_of(const TrueProcess& process, std::int64_t now_ms) {
  const bool stale = options_.dips > 0 && random_.chance(options_.dips);
  const std::int64_t age_ms = stale ? random_.between(2, 8) * options_.poll_s * 1000 : 0;
  return process.reported_bytes(now_ms - age_ms);
}

Api Poller::choose_api() {
  if (options_.api) {
    return *options_.api;
  }
  const std::int64_t draw = random_.below(100);
  return draw < 55   ? Api::v1_rooms
         : draw < 80 ? Api::v1
         : draw < 90 ? Api::v2
         : draw < 97 ? Api::v3
                     : Api::early;
}

void Poller::tell_truth(const TrueProcess& process) {
  if (truth_sink_) {
    truth_sink_(process);
  }
}

}  // namespace

void emit_archive(const ArchiveOptions& options, const DocumentSink& document_sink,
                  const TruthSink& truth_sink) {
  Poller(options, document_sink, truth_sink).run();
}

}  // namespace fleetmeter::sim
