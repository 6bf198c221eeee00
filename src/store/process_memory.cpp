#include "store/process_memory.hpp"

#include <algorithm>
#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::store {

using normalise::Activity;
using normalise::Attributes;
using normalise::Port;

std::int64_t ProcessMemory::port_set_of(const std::vector<Port>& ports) {
  const auto found = std::find(port_sets.begin(), port_sets.end(), ports);
  if (found != port_sets.end()) {
    return found - port_sets.begin();
  }
  port_sets.push_back(ports);
  return static_cast<std::int64_t>(port_sets.size()) - 1;
}

std::int64_t ProcessMemory::attribute_of(const Attributes& said, const Standing& at) {
  // The newest row is nearly always the one.
  const auto found = std::find_if(attributes.rbegin(), attributes.rend(),
                                  [&](const AttributeRow& row) { return row.content == said; });
  if (found != attributes.rend()) {
    found->see(at);
    return found->no;
  }
  const auto no = static_cast<std::int64_t>(attributes.size());
  attributes.push_back({no, at, said, Seen(at), AttributeRow::Stored::no});
  return no;
}

std::int64_t ProcessMemory::activity_of(Activity&& said) {
  // Only the newest rows are asked, so that the same input gives the same rows however it was
  // grouped and whatever memory held.
  const auto found =
      std::find_if(activities.rbegin(), activities.rend(), [&](const ActivityRow& row) {
        return row.no >= next_activity_no - kActivitiesAsked && row.content == said;
      });
  if (found != activities.rend()) {
    return found->no;
  }
  ActivityRow row{next_activity_no, std::move(said), {}};
  number_list(row);
  activities.push_back(std::move(row));
  return next_activity_no++;
}

/// Numbers the list of rooms of a new activity: as that of one of the newest, if it is the same.
void ProcessMemory::number_list(ActivityRow& row) {
  base::check(row.content.lists_rooms || row.content.rooms.empty(),
              "rooms are listed in a list, or they would be lost with the number of none");
  if (!row.content.lists_rooms || row.content.rooms.empty()) {
    row.room_set_no = row.content.lists_rooms ? std::optional<std::int64_t>(0) : std::nullopt;
    return;
  }
  const auto same =
      std::find_if(activities.rbegin(), activities.rend(), [&](const ActivityRow& known) {
        return known.no >= next_activity_no - kActivitiesAsked &&
               known.content.rooms == row.content.rooms;
      });
  row.has_new_list = same == activities.rend();
  row.room_set_no = row.has_new_list ? ++last_room_set_no : same->room_set_no;
}

ProcessMemory::ActivityRow* ProcessMemory::find_activity(std::int64_t activity_no) {
  const auto found = std::find_if(activities.begin(), activities.end(),
                                  [&](const ActivityRow& row) { return row.no == activity_no; });
  return found == activities.end() ? nullptr : &*found;
}

void ProcessMemory::observe(const Standing& at, std::int64_t attribute_no,
                            std::int64_t activity_no) {
  if (!observed() || latest < at) {
    latest = at;
    latest_attribute_no = attribute_no;
    latest_activity_no = activity_no;
  }
  touched_seq = std::max(touched_seq, at.snapshot_seq);
  first_seen_ms = std::min(first_seen_ms.value_or(at.observed_at_ms), at.observed_at_ms);
}

model::ProcessFacts ProcessMemory::facts() const {
  const Attributes& said = attributes.at(static_cast<std::size_t>(latest_attribute_no)).content;
  model::ProcessFacts facts{process_key, said.app_key, said.deployment_key, said.region_key, {}};
  model::Life& life = facts.life;
  life.starting_at_ms = last_said(&Attributes::starting_at_ms);
  life.started_at_ms = last_said(&Attributes::started_at_ms);
  life.stopping_at_ms = last_said(&Attributes::stopping_at_ms);
  life.terminated_at_ms = last_said(&Attributes::terminated_at_ms);
  life.first_seen_ms = *first_seen_ms;
  life.last_seen_ms = latest.observed_at_ms;
  for (const AttributeRow& row : attributes) {
    if (!row.content.terminated_at_ms) {
      life.last_alive_ms = std::max(life.last_alive_ms.value_or(row.seen.last.observed_at_ms),
                                    row.seen.last.observed_at_ms);
    }
  }
  return facts;
}

model::Instant ProcessMemory::last_said(model::Instant Attributes::*field) const {
  const AttributeRow* best = nullptr;
  for (const auto& row : attributes) {
    if (row.content.*field && (best == nullptr || best->seen.last < row.seen.last)) {
      best = &row;
    }
  }
  return best == nullptr ? std::nullopt : best->content.*field;
}

}  // namespace fleetmeter::store
