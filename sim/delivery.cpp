#include "sim/delivery.hpp"

namespace fleetmeter::sim {
namespace {

std::string file_name_of(std::int64_t observed_at_ms, const std::string& list, const char* suffix) {
  const TimeStyle whole_seconds{.fraction_digits = 0, .offset_minutes = {}, .separators = "--"};
  return instant(observed_at_ms, whole_seconds) + '-' + list + suffix + ".json";
}

}  // namespace

Delivery::Delivery(const ArchiveOptions& options, const DocumentSink& sink)
    : options_(options), sink_(sink), random_(options.fleet.seed ^ 0xde11fe4U) {}

void Delivery::deliver(std::string_view text, std::int64_t observed_at_ms,
                       const std::string& list) {
  std::string file_name = file_name_of(observed_at_ms, list, "");
  if (random_.chance(options_.repeat)) {
    const bool reformat = random_.chance(500) != options_.pretty;
    hold(reformat ? pretty(text) : std::string(text), observed_at_ms,
         file_name_of(observed_at_ms, list, "-again"));
  }
  if (random_.chance(options_.late)) {
    hold(options_.pretty ? pretty(text) : std::string(text), observed_at_ms, std::move(file_name));
    return;
  }
  if (options_.pretty) {
    emit(pretty(text), observed_at_ms, std::move(file_name));
  } else {
    emit(text, observed_at_ms, std::move(file_name));
  }
  for (auto held = held_.begin(); held != held_.end();) {
    if (held->due <= emitted_) {
      sink_({held->text, held->observed_at_ms, held->file_name});
      held = held_.erase(held);
    } else {
      ++held;
    }
  }
}

void Delivery::finish() {
  for (const Held& held : held_) {
    sink_({held.text, held.observed_at_ms, held.file_name});
  }
  held_.clear();
}

void Delivery::emit(std::string_view text, std::int64_t observed_at_ms, std::string file_name) {
  sink_({text, observed_at_ms, std::move(file_name)});
  ++emitted_;
}

void Delivery::hold(std::string text, std::int64_t observed_at_ms, std::string file_name) {
  held_.push_back(
      {emitted_ + random_.between(1, 40), std::move(text), observed_at_ms, std::move(file_name)});
}

}  // namespace fleetmeter::sim
