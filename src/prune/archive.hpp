#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "prune/pruned_file.hpp"
#include "store/pruned.hpp"

namespace fleetmeter::prune {

/// The observations in the files of a folder.
class Archive final : public store::PrunedRows {
 public:
  explicit Archive(std::string folder) : folder_(std::move(folder)) {}

  [[nodiscard]] std::vector<store::MovedObservation> of(const store::PrunedPlace& place) override {
    std::unique_ptr<PrunedFile>& file = files_[place.sha256];
    if (!file) {
      file = std::make_unique<PrunedFile>(folder_, place.sha256, place.byte_length);
    }
    return file->rows(place.process_id, place.first_row, place.row_count);
  }

 private:
  std::string folder_;
  std::map<std::string, std::unique_ptr<PrunedFile>, std::less<>> files_;  ///< by digest
};

}  // namespace fleetmeter::prune
