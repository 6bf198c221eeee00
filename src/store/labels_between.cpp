#include "store/labels_between.hpp"

namespace fleetmeter::store {

LabelsBetween::LabelsBetween(const Parts& parts)
    : parts_(parts), common_(parts.size()), in_part_(parts.size()) {}

std::optional<std::int64_t> LabelsBetween::common(std::size_t part,
                                                  const std::optional<std::int64_t>& label_key) {
  if (!label_key) {
    return std::nullopt;
  }
  if (const auto found = common_[part].find(*label_key); found != common_[part].end()) {
    return found->second;
  }
  const std::string text =
      with_part(parts_[part], [&](Reader& reader) { return reader.label(label_key); });
  const auto [known, is_new] =
      known_.try_emplace(text, static_cast<std::int64_t>(texts_.size()) + 1);
  if (is_new) {
    texts_.push_back(&known->first);
  }
  common_[part].emplace(*label_key, known->second);
  in_part_[part].emplace(known->second, *label_key);
  return known->second;
}

std::optional<std::int64_t> LabelsBetween::in_part(std::size_t part,
                                                   const std::optional<std::int64_t>& common_key) {
  if (!common_key) {
    return std::nullopt;
  }
  if (const auto found = in_part_[part].find(*common_key); found != in_part_[part].end()) {
    return found->second;
  }
  const std::int64_t key = with_part(parts_[part], [&](Reader& /*reader*/) {
    const auto row = Query<ingest::FindLabel>(*parts_[part].db).first({.label = text(common_key)});
    return row ? row->label_key : kNowhere;
  });
  in_part_[part].emplace(*common_key, key);
  return key;
}

const std::string& LabelsBetween::text(const std::optional<std::int64_t>& common_key) const {
  static const std::string kNone;
  return common_key ? *texts_[static_cast<std::size_t>(*common_key - 1)] : kNone;
}

}  // namespace fleetmeter::store
