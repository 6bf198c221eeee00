#include "ask/several_stores.hpp"

#include <algorithm>
#include <utility>

#include "store/lists_elsewhere.hpp"

namespace fleetmeter::ask {

SeveralStores::SeveralStores(store::Parts parts) : parts_(std::move(parts)), uniting_(parts_) {}

store::StoreSpan SeveralStores::span() const {
  store::StoreSpan all;
  for (const store::Part& part : parts_) {
    const store::StoreSpan one =
        store::with_part(part, [](store::Reader& reader) { return reader.span(); });
    if (one.earliest_ms) {
      all.earliest_ms = std::min(all.earliest_ms.value_or(*one.earliest_ms), *one.earliest_ms);
    }
    if (one.latest_observed_ms) {
      all.latest_observed_ms = std::max(all.latest_observed_ms.value_or(*one.latest_observed_ms),
                                        *one.latest_observed_ms);
    }
  }
  return all;
}

const std::vector<store::SharedProcess>& SeveralStores::shared() {
  if (!shared_) {
    shared_ = store::shared_processes(parts_);
  }
  return *shared_;
}

/// What stands in each part instead of what it has.
std::vector<store::Reader::Instead> SeveralStores::instead_of_parts(Instead instead) {
  std::vector<store::Reader::Instead> of_parts(parts_.size());
  for (const store::SharedProcess& process : shared()) {
    for (const store::SharedProcess::In& in : process.in) {
      of_parts[in.part].emplace(in.process_key, std::nullopt);
    }
  }
  if (instead == Instead::of_lists_too) {
    store::add_gone_elsewhere(parts_, uniting_.labels(), of_parts);
  }
  return of_parts;
}

store::Uniting& SeveralStores::set_apart(Instead instead) {
  std::vector<store::Reader::Instead> of_parts = instead_of_parts(instead);
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    if (!of_parts[part].empty()) {
      parts_[part].reader->put_instead(std::move(of_parts[part]));
    }
  }
  return uniting_;
}

std::int64_t SeveralStores::more_gone() {
  std::int64_t more = 0;
  const std::vector<store::Reader::Instead> of_parts = instead_of_parts(Instead::of_lists_too);
  for (std::size_t part = 0; part < parts_.size(); ++part) {
    for (const auto& [process_key, facts] : of_parts[part]) {
      const auto stored = store::with_part(parts_[part], [&, key = process_key](auto& reader) {
        return reader.rollups().find(key);
      });
      more -= stored && stored->facts.life.gone_ms ? 1 : 0;
      more += facts && facts->life.gone_ms ? 1 : 0;
    }
  }
  for (const store::SharedProcess& process : shared()) {
    more += uniting_.unite(process).facts.life.gone_ms ? 1 : 0;
  }
  return more;
}

}  // namespace fleetmeter::ask
