#include "store/uniting.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "store/lists_elsewhere.hpp"

namespace fleetmeter::store {

namespace {

/// Whether two sets of attributes tell the same.
bool tell_alike(const ask::ListAttributesOf::Out& a, const ask::ListAttributesOf::Out& b) {
  return std::tie(a.app_key, a.deployment_key, a.region_key, a.hosting_key, a.starting_at_ms,
                  a.started_at_ms, a.stopping_at_ms, a.terminated_at_ms, a.scheduled_at_ms,
                  a.booted_at_ms) == std::tie(b.app_key, b.deployment_key, b.region_key,
                                              b.hosting_key, b.starting_at_ms, b.started_at_ms,
                                              b.stopping_at_ms, b.terminated_at_ms,
                                              b.scheduled_at_ms, b.booted_at_ms);
}

}  // namespace

Uniting::Uniting(const Parts& parts) : parts_(parts), documents_(parts), labels_(parts) {}

const std::string& Uniting::label(const std::optional<std::int64_t>& label_key) {
  return labels_.text(label_key);
}

std::string Uniting::process_id(std::int64_t /*process_key*/) {
  return process_id_;
}

std::size_t Uniting::number_of(const Told& told) {
  const auto known = std::find_if(told_.begin(), told_.end(),
                                  [&](const Told& one) { return tell_alike(one, told); });
  const auto number = static_cast<std::size_t>(known - told_.begin());
  if (known == told_.end()) {
    told_.push_back(told);
  }
  return number;
}

void Uniting::read(const SharedProcess& process, Sayings& sayings) {
  told_.clear();
  for (const SharedProcess::In& in : process.in) {
    const Part& part = parts_[in.part];
    with_part(part, [&](Reader& reader) {
      if (reader.pruned().brings(in.process_key)) {  // it throws when it cannot bring them
        throw damaged("pruned_process: there is an archive");
      }
    });
    guarded(part.path, [&] { read(in, sayings); });
  }
}

void Uniting::read(const SharedProcess::In& in, Sayings& sayings) {
  SQLite::Database& db = *parts_[in.part].db;
  std::map<std::int64_t, std::size_t> told;  // by attribute_no
  Query<ask::ListAttributesOf> attributes(db);
  for (const auto& row : attributes.rows({.process_key = in.process_key})) {
    Told common = row;
    for (auto* const key :
         {&common.app_key, &common.deployment_key, &common.region_key, &common.hosting_key}) {
      *key = labels_.common(in.part, *key);
    }
    told.emplace(row.attribute_no, number_of(common));
  }
  Query<ask::ListSaidOf> said(db);
  for (const auto& row : said.rows({.process_key = in.process_key})) {
    const auto attributes_told = told.find(row.attribute_no);
    if (attributes_told == told.end()) {
      throw damaged(parts_[in.part].path + ": process_attribute: a row is missing");
    }
    sayings.push_back({row.observed_at_ms,
                       in.part,
                       row.snapshot_seq,
                       row.restatement,
                       attributes_told->second,
                       {in.process_key, row.attribute_no, row.activity_no, row.egressed_bytes}});
  }
}

/// Nearly always all stores tell alike, and no order matters.
Uniting::Sayings Uniting::in_order(std::span<const Saying> at_one_instant) {
  const Saying& first = at_one_instant.front();
  const auto all = [&](auto&& is_like) {
    return std::all_of(at_one_instant.begin(), at_one_instant.end(), is_like);
  };
  if (all([&](const Saying& one) { return one.told == first.told; })) {
    return {first};
  }
  if (!all([&](const Saying& one) { return one.part == first.part; })) {
    return by_document(at_one_instant);
  }
  Sayings sayings(at_one_instant.begin(), at_one_instant.end());
  std::sort(sayings.begin(), sayings.end(), [](const Saying& a, const Saying& b) {
    return std::tie(a.snapshot_seq, a.restatement) < std::tie(b.snapshot_seq, b.restatement);
  });
  return sayings;
}

/// A store leaves out what an earlier document said of the instant. So what a document is the first
/// to say stands in every store that has the document, and what others said before is left out.
Uniting::Sayings Uniting::by_document(std::span<const Saying> at_one_instant) {
  struct Said {
    std::string content;
    Saying saying;
    bool operator<(const Said& other) const { return content < other.content; }
  };
  using Document = std::map<std::size_t, std::vector<Said>>;  // by the store that has it
  std::map<std::size_t, Document> documents;                  // in the order in which they count
  for (const Saying& one : at_one_instant) {
    documents[documents_.place_of(one.part, one.snapshot_seq, one.observed_at_ms)][one.part]
        .push_back({said_content(parts_[one.part], one.numbers), one});
  }
  std::set<std::string> said;
  Sayings sayings;
  for (auto& [place, document] : documents) {
    std::vector<std::vector<Said>> lists;
    for (auto& [part, list] : document) {
      std::sort(list.begin(), list.end(), [](const Said& a, const Said& b) {
        return a.saying.restatement < b.saying.restatement;
      });
      lists.push_back(std::move(list));
    }
    std::sort(lists.begin(), lists.end(), [](const auto& a, const auto& b) {
      return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    for (const std::vector<Said>& list : lists) {
      for (const Said& one : list) {
        if (said.insert(one.content).second) {
          sayings.push_back(one.saying);
        }
      }
    }
  }
  return sayings;
}

void Uniting::fold(Sayings& sayings, Folding& folding) {
  std::stable_sort(sayings.begin(), sayings.end(), [](const Saying& a, const Saying& b) {
    return a.observed_at_ms < b.observed_at_ms;
  });
  for (auto from = sayings.begin(); from != sayings.end();) {
    const auto to = std::find_if(from, sayings.end(), [&](const Saying& one) {
      return one.observed_at_ms != from->observed_at_ms;
    });
    std::int64_t place = 0;
    for (const Saying& one : in_order({from, to})) {
      folding.take({one.observed_at_ms, place++, 0}, told_[one.told]);
    }
    from = to;
  }
}

/// Whatever was ever said of its life counts, because what was said last is not looked for.
meter::Window Uniting::reach(const SharedProcess& process, const meter::Belief& belief) {
  meter::Window reach{process.in.front().first_seen_ms, process.in.front().last_seen_ms};
  const auto include = [&](const model::Instant& at_ms, std::int64_t longer_ms) {
    if (at_ms) {
      reach.from_ms = std::min(reach.from_ms, *at_ms);
      reach.to_ms = std::max(reach.to_ms, *at_ms + longer_ms);
    }
  };
  for (const SharedProcess::In& in : process.in) {
    include(in.first_seen_ms, 0);
    include(in.last_seen_ms, belief.max_lifespan_ms);
    if (belief.as_of_ms - in.last_seen_ms <= belief.grace_ms) {
      include(belief.as_of_ms, 0);
    }
    guarded(parts_[in.part].path, [&] {
      Query<ask::ListAttributesOf> attributes(*parts_[in.part].db);
      for (const auto& row : attributes.rows({.process_key = in.process_key})) {
        include(row.starting_at_ms, belief.max_lifespan_ms);
        include(row.started_at_ms, belief.max_lifespan_ms);
        include(row.stopping_at_ms, 0);
        include(row.terminated_at_ms, 0);
      }
    });
  }
  reach.from_ms -= belief.max_lifespan_ms;
  return reach;
}

UnitedProcess Uniting::unite(const SharedProcess& process) {
  process_id_ = process.process_id;
  Sayings sayings;
  read(process, sayings);
  UnitedProcess united;
  for (const Saying& one : sayings) {
    if (one.numbers.egressed_bytes) {
      united.readings.push_back({one.observed_at_ms, *one.numbers.egressed_bytes});
    }
  }
  Folding folding;
  folding.start(++process_key_);
  fold(sayings, folding);
  if (const auto gone_ms = gone_by_lists(parts_, labels_, folding.facts().life, folding.places())) {
    folding.set_gone(gone_ms);
  }
  united.facts = folding.facts();
  return united;
}

}  // namespace fleetmeter::store
