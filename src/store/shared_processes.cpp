#include "store/shared_processes.hpp"

#include <algorithm>
#include <memory>

#include "store/query.hpp"

namespace fleetmeter::store {

namespace {

/// The ids of one store, one after another.
class Ids {
 public:
  Ids(std::size_t part, SQLite::Database& db)
      : part_(part), query_(db), rows_(query_.rows()), at_(rows_.begin()) {}

  [[nodiscard]] bool is_over() const { return at_ == nullptr; }
  void step() { ++at_; }
  [[nodiscard]] const std::string& process_id() const { return (*at_).process_id; }
  [[nodiscard]] SharedProcess::In in() const {
    return {.part = part_, .process_key = (*at_).process_key};
  }

 private:
  std::size_t part_;
  Query<ask::ListIdsInOrder> query_;
  Query<ask::ListIdsInOrder>::Rows rows_;
  Query<ask::ListIdsInOrder>::Rows::Iterator at_;
};

/// Moves one store's ids on, with what it says of a failure.
template <class Work>
void of_part(const Part& part, Work&& work) {
  guarded(part.path, [&] { work(); });
}

/// Merges the ids of all stores; `use(ids of one store)` is called for each id of each, in the
/// order of ids and then of stores.
template <class Use>
void merge(const Parts& parts, const Use& use) {
  std::vector<std::unique_ptr<Ids>> all;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    of_part(parts[part], [&] {
      auto ids = std::make_unique<Ids>(part, *parts[part].db);
      if (!ids->is_over()) {
        all.push_back(std::move(ids));
      }
    });
  }
  const auto is_later = [](const std::unique_ptr<Ids>& a, const std::unique_ptr<Ids>& b) {
    const int order = a->process_id().compare(b->process_id());
    return order != 0 ? order > 0 : a->in().part > b->in().part;
  };
  std::make_heap(all.begin(), all.end(), is_later);
  while (!all.empty()) {
    std::pop_heap(all.begin(), all.end(), is_later);
    Ids& least = *all.back();
    use(least);
    of_part(parts[least.in().part], [&] { least.step(); });
    if (least.is_over()) {
      all.pop_back();
    } else {
      std::push_heap(all.begin(), all.end(), is_later);
    }
  }
}

/// Leaves out the stores in which a process was not observed, but merely named by a room.
void keep_observed(const Parts& parts, SharedProcess& process) {
  std::erase_if(process.in, [&](SharedProcess::In& in) {
    const auto found = with_part(
        parts[in.part], [&](Reader& reader) { return reader.rollups().find(in.process_key); });
    if (found) {
      in.first_seen_ms = found->facts.life.first_seen_ms;
      in.last_seen_ms = found->facts.life.last_seen_ms;
    }
    return !found;
  });
}

}  // namespace

std::vector<SharedProcess> shared_processes(const Parts& parts) {
  std::vector<SharedProcess> shared;
  SharedProcess one;
  const auto settle = [&] {
    if (one.in.size() > 1) {
      keep_observed(parts, one);
      if (one.in.size() > 1) {
        shared.push_back(one);
      }
    }
    one.in.clear();
  };
  merge(parts, [&](const Ids& ids) {
    if (one.in.empty() || one.process_id != ids.process_id()) {
      settle();
      one.process_id = ids.process_id();
    }
    one.in.push_back(ids.in());
  });
  settle();
  return shared;
}

}  // namespace fleetmeter::store
