#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>

#include "store/part.hpp"

namespace fleetmeter::store {

/// Takes what several stores hold into another, which is new: document by document, in the order in
/// which they were true, and those of one instant in the order of DocumentOrder. A document that
/// several have is taken from the first. A source is called by the path of its store, and then by
/// the path that it has there.
///
/// `on_document` is called after each. Throws ObservationsPruned when some were moved to files, and
/// Error(foreign_store) when rows of a store are not those that were written.
void unite_stores(const Parts& parts, SQLite::Database& into, std::int64_t now_ms,
                  const std::function<void()>& on_document);

}  // namespace fleetmeter::store
