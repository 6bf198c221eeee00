#pragma once

#include <SQLiteCpp/Database.h>

#include "store/query.hpp"

namespace fleetmeter::store {

/// The rows of a query, of which the next can be looked at before it is taken.
template <class Q>
class Cursor {
 public:
  explicit Cursor(SQLite::Database& db, const typename Q::In& in = {})
      : query_(db), rows_(query_.rows(in)), next_(rows_.begin()) {}

  [[nodiscard]] bool has_next() const { return !(next_ == nullptr); }
  [[nodiscard]] const typename Q::Out& next() const { return *next_; }
  void advance() { ++next_; }

 private:
  Query<Q> query_;
  typename Query<Q>::Rows rows_;
  typename Query<Q>::Rows::Iterator next_;
};

}  // namespace fleetmeter::store
