package saslscope.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** What is exported, with the columns of its table. Part of what users rely on: add at the end, rename nothing. */
public enum Shape {
    INCIDENTS("incident_id,state,severity,cause,certainty,title,first_seen,last_seen,attempts,failures,successes,users,"
        + "user_count,client_ips,client_ip_count,realms,mechanisms,services,hosts,evidence,check,remedy,sample_line"),
    ATTEMPTS("@timestamp,event.id,event.action,event.outcome,event.reason,source.ip,source.port,source.domain,user.name,"
        + "user.domain,sasl.mechanism,sasl.direction,service.name,service.type,host.name,process.pid,log.file.path,"
        + "log.offset,diagnosis.cause,diagnosis.certainty,diagnosis.candidates,diagnosis.check,diagnosis.remedy,"
        + "incident.id,event.original,destination.ip,destination.port,destination.domain"),
    EVENTS("@timestamp,event.id,event.action,service.name,service.type,host.name,process.pid,log.file.path,log.offset,"
        + "saslscope.pattern,saslscope.repeat,event.original");

    private final List<String> columns;

    Shape(String columns) {
        this.columns = List.of(columns.split(","));
    }

    /** The names of the columns, in order. */
    List<String> columns() {
        return columns;
    }

    /** A table of this shape. */
    public DocumentWriter csv(Writer out) throws IOException {
        return new CsvTable(out, columns);
    }

    /** A table with other columns. */
    public static DocumentWriter csv(Writer out, List<String> columns) throws IOException {
        return new CsvTable(out, columns);
    }
}
