#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "store/reader.hpp"

namespace fleetmeter::store {

/// One of several stores that are asked as one.
struct Part {
  std::string path;
  SQLite::Database* db = nullptr;
  Reader* reader = nullptr;
};

using Parts = std::vector<Part>;

/// Runs `work` on a part. An Error that is about the store names its path.
template <class Work>
auto with_part(const Part& part, Work&& work) {
  return guarded(part.path, [&] {
    try {
      return work(*part.reader);
    } catch (const ObservationsPruned& missing) {
      throw ObservationsPruned(part.path + ": " + missing.what());
    } catch (const Error& error) {
      const bool is_unnamed = !std::string_view(error.what()).starts_with(part.path);
      if (error.kind() == ErrorKind::foreign_store && is_unnamed) {
        throw Error(error.kind(), part.path + ": " + error.what());
      }
      throw;
    }
  });
}

}  // namespace fleetmeter::store
