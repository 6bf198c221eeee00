#include "fleetmeter/prune.hpp"

namespace fleetmeter {

const std::vector<Column<Pruning>>& Pruning::columns() {
  using Row = Pruning;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::file>{"file", "the file's name; empty: there was nothing to move"},
      Field<&Row::file_bytes>{"file_bytes", ""},
      Field<&Row::before_ms>{"before_at_ms",
                             "no answer about this instant or a later one needs what was moved"},
      Field<&Row::processes>{"processes", "whose observations were moved, all of them"},
      Field<&Row::observations>{"observations", "that were moved"},
      Field<&Row::kept_unended>{
          "kept_unended",
          "processes that keep theirs, of those seen only before: nothing says that they ended"},
      Field<&Row::kept_reaching>{"kept_reaching",
                                 "likewise: they may have lived until then, or the sums lack them"},
      Field<&Row::kept_for_seals>{"kept_for_seals",
                                  "likewise: a seal is worked out again from them"},
      Field<&Row::store_bytes>{"store_bytes", "the size of the store's file"},
      Field<&Row::free_bytes>{"free_bytes", "of it, what the next ingest fills again"},
  };
  return kColumns;
}

const std::vector<Column<Unpruning>>& Unpruning::columns() {
  using Row = Unpruning;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::file>{"file", "whose observations are in the store again"},
      Field<&Row::processes>{"processes", "that have observations again"},
      Field<&Row::observations>{"observations", "that were put back"},
  };
  return kColumns;
}

}  // namespace fleetmeter
